// The browser's part of adding a passkey and of signing in with one; needs mfa/js/webauthn-json.js before it.
// Forms with data-passkey stay hidden where this script or the browser cannot help.
const isAddress = /^[\d.]+$|^\[/.test(location.hostname);

async function optionsOf(form) {
  if (form.dataset.options) return JSON.parse(form.dataset.options);
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  return (await answer.json()).request_options;
}

function withoutPassword(options) {
  Object.assign(options.publicKey.authenticatorSelection, {
    residentKey: "required",
    requireResidentKey: true,
    userVerification: "required",
  });
}

async function ask(event) {
  const form = event.target;
  event.preventDefault();
  form.querySelector("[role=alert]").textContent = "";
  try {
    const options = await optionsOf(form);
    if (form.elements.passwordless?.checked) withoutPassword(options);
    const act = form.dataset.passkey === "add" ? webauthnJSON.create : webauthnJSON.get;
    form.elements.credential.value = JSON.stringify(await act(options));
    form.submit();
  } catch (error) {
    console.info(error.name);
    form.querySelector("[role=alert]").textContent = isAddress
      ? "Passkeys need a name in the address bar, such as localhost, not a number."
      : "That did not work, or was stopped. You can try again.";
  }
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential) continue;
  form.addEventListener("submit", ask);
  form.hidden = false;
}
