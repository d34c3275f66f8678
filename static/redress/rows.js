// Lists of a form: "another row" adds one on the spot. Without this script the button asks the server for it.
"use strict";
function addRow(list) {
  const total = list.querySelector("input[name$='-TOTAL_FORMS']");
  const index = Number(total.value);
  const row = list.querySelector("template").content.cloneNode(true).firstElementChild;
  for (const element of row.querySelectorAll("*")) {
    for (const attribute of element.attributes) {
      attribute.value = attribute.value.replaceAll("__prefix__", index);
    }
  }
  row.querySelector(".row-number").textContent = index + 1;
  list.querySelector("ol").append(row);
  total.value = index + 1;
  stopAtMost(list, index + 1);
  row.querySelector("input, select, textarea").focus();
}
function stopAtMost(list, count) {
  const full = count >= Number(list.dataset.most);
  list.querySelector("button[name='add']").disabled = full;
  list.querySelector(".full").hidden = !full;
}
for (const list of document.querySelectorAll("[data-rows]")) {
  list.querySelector("button[name='add']").addEventListener("click", (event) => {
    event.preventDefault();
    addRow(list);
  });
}
