"""The fixed words of a letter, English and Simplified Chinese, and how it writes numbers and dates.

Plain Python. The Chinese is the register of a report to an authority: 报案, 诈骗犯罪, 犯罪分子.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Phrase:
    """Fixed words. `zh` is printed beside or under the English, to Chinese agencies only."""

    en: str
    zh: str = ""


FRAUD_KINDS = {
    "investment": Phrase("Investment fraud", "投资诈骗"),
    "romance": Phrase("Romance fraud", "婚恋交友诈骗"),
    "impersonation": Phrase("Impersonation fraud", "冒充身份诈骗"),
    "employment": Phrase("Employment fraud", "求职诈骗"),
    "purchase": Phrase("Purchase fraud", "购物诈骗"),
    "loan": Phrase("Loan fraud", "贷款诈骗"),
    "extortion": Phrase("Fraud with extortion", "诈骗及敲诈勒索"),
    "recovery": Phrase("Second fraud on a victim, by a false offer to recover losses", "以追回损失为名的二次诈骗"),
    "forced_criminality": Phrase(
        "Trafficking in persons, with the victim forced to commit fraud", "贩运人口并强迫受害人从事诈骗"
    ),
    "other": Phrase("Fraud", "诈骗"),
}

IDENTIFIER_KINDS = {
    "website": Phrase("Website", "网站"),
    "app": Phrase("Application", "应用程序"),
    "email": Phrase("E-mail address", "电子邮箱"),
    "phone": Phrase("Telephone", "电话号码"),
    "social_profile": Phrase("Social profile", "社交账号主页"),
    "messaging_account": Phrase("Messaging account", "通讯账号"),
    "crypto_wallet": Phrase("Crypto wallet", "虚拟货币钱包"),
    "bank_account": Phrase("Bank account", "银行账户"),
    "person_name": Phrase("Name of a person", "所用姓名"),
    "company_name": Phrase("Name of a company", "所用公司名称"),
    "other": Phrase("Other", "其他"),
}

MECHANISMS = {
    "bank_wire": Phrase("Bank wire", "银行汇款"),
    "card": Phrase("Card", "银行卡"),
    "cash": Phrase("Cash", "现金"),
    "cheque": Phrase("Cheque", "支票"),
    "crypto": Phrase("Cryptocurrency", "虚拟货币"),
    "gift_card": Phrase("Gift card", "礼品卡"),
    "money_service": Phrase("Money service", "汇款机构"),
    "payment_app": Phrase("Payment app", "支付应用"),
    "other": Phrase("Other means", "其他方式"),
}

OUTCOMES = {
    "accepted": Phrase("Accepted", "已受理"),
    "refused": Phrase("Refused", "不予受理"),
    "referred": Phrase("Referred elsewhere", "已转介"),
    "no_answer": Phrase("No answer so far", "尚未答复"),
}

CHANNELS = {
    "email": Phrase("By e-mail"),
    "web_form": Phrase("Through the online form"),
    "phone": Phrase("By telephone"),
    "in_person": Phrase("Delivered in person"),
    "post": Phrase("By post"),
}

HEADINGS = {
    "brief": Phrase("The crime in brief", "案情摘要"),
    "asks": Phrase("What is asked", "请求事项"),
    "victim": Phrase("The victim", "受害人"),
    "reporter": Phrase("The person who reports", "代为报案人"),
    "impact": Phrase("How the crime affected the victim", "犯罪对受害人造成的影响"),
    "identifiers": Phrase("What points to the criminals", "犯罪分子线索"),
    "transfers": Phrase("Transfers", "转账明细"),
    "chronology": Phrase("Chronology", "时间经过"),
    "reports": Phrase("Reports made before", "此前报案情况"),
    "exhibits": Phrase("Exhibits", "证据目录"),
}

LABELS = {
    "account": Phrase("Account", "账户"),
    "address": Phrase("Address", "地址"),
    "agency": Phrase("Agency", "机构"),
    "amount": Phrase("Amount", "金额"),
    "bank_code": Phrase("Bank code", "银行代码"),
    "began": Phrase("Began on", "开始日期"),
    "born": Phrase("Date of birth", "出生日期"),
    "chain": Phrase("Network", "网络"),
    "country": Phrase("Country of residence", "居住国"),
    "currency": Phrase("Currency", "币种"),
    "date": Phrase("Date", "日期"),
    "details": Phrase("From, to, account, reference", "汇出方、收款方、账户、交易编号"),
    "discovered": Phrase("Discovered on", "发现日期"),
    "email": Phrase("E-mail", "电子邮箱"),
    "emotional": Phrase("Emotionally", "精神方面"),
    "exhibit": Phrase("Exhibit", "编号"),
    "fact": Phrase("Fact", "事实"),
    "financial": Phrase("Financially", "经济方面"),
    "first_contact": Phrase("First contact", "首次接触"),
    "informed": Phrase("Institution informed", "已告知机构"),
    "kind": Phrase("Kind", "类别"),
    "kind_of_crime": Phrase("Kind of crime", "犯罪类别"),
    "lost": Phrase("Lost", "损失"),
    "means": Phrase("Means", "方式"),
    "name": Phrase("Full name", "姓名"),
    "nationality": Phrase("Nationality", "国籍"),
    "note": Phrase("Service and note", "平台及备注"),
    "number": Phrase("No.", "序号"),
    "officer": Phrase("Officer", "承办人"),
    "outcome": Phrase("Outcome", "结果"),
    "phone": Phrase("Telephone", "电话"),
    "recipient_name": Phrase("Recipient", "收款人"),
    "reference": Phrase("Reference", "编号"),
    "relation": Phrase("Relation to the victim", "与受害人关系"),
    "returned": Phrase("Returned", "退还"),
    "sender": Phrase("From", "汇出方"),
    "sender_account": Phrase("From account", "汇出账户"),
    "sent": Phrase("Sent", "汇出"),
    "sha256": Phrase("Description and SHA-256", "说明及SHA-256"),
    "stated": Phrase("Loss as the victim states it", "受害人陈述的损失"),
    "station": Phrase("Station", "受理单位"),
    "tag": Phrase("Tag or memo", "标签或附言"),
    "to": Phrase("To", "收款方"),
    "to_account": Phrase("To account", "收款账户"),
    "totals": Phrase("Totals per currency", "各币种合计"),
    "type": Phrase("Type", "类型"),
    "value": Phrase("As it was used", "具体内容"),
}

MARKS = {
    "case": Phrase("Case", "案件编号"),
    "date_unknown": Phrase("date not known", "日期不详"),
    "second_fraud": Phrase("Paid to a second fraud, a false offer to recover losses", "二次诈骗所付"),
    "second_fraud_total": Phrase(
        "Of the sum sent, paid to a second fraud, a false offer to recover losses",
        "汇出金额中因二次诈骗（以追回损失为名）所付",
    ),
    "returned": Phrase("Paid back to the victim", "已退还受害人"),
    "enclosed": Phrase("enclosed", "随函附上"),
    "signature": Phrase("Signature", "签名"),
    "subject": Phrase("Report of a CRIME: FRAUD", "关于诈骗犯罪的报案材料"),
    "subject_held": Phrase(
        "Report of a CRIME: FRAUD and TRAFFICKING IN PERSONS", "关于诈骗犯罪及贩运人口犯罪的报案材料"
    ),
}

_MONTHS = ("January February March April May June July August September October November December").split()


def long_date(day: date) -> str:
    """2024-02-02 → "2 February 2024", in English whatever the locale."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
