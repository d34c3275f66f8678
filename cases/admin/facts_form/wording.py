"""What the form calls the words of the document's closed lists."""

FRAUD_KINDS = {
    "investment": "Investment, or a false trading platform",
    "romance": "Romance",
    "impersonation": "Impersonation: police, court, courier, relative",
    "employment": "Employment or tasks",
    "purchase": "Purchase",
    "loan": "Loan",
    "extortion": "Extortion",
    "recovery": "Recovery: a second fraud on a victim",
    "forced_criminality": "Held, and forced to defraud others",
    "other": "Other",
}
IDENTIFIER_KINDS = {
    "website": "Website",
    "app": "App",
    "email": "E-mail address",
    "phone": "Phone number",
    "social_profile": "Social profile (its link)",
    "messaging_account": "Messaging account",
    "crypto_wallet": "Crypto wallet",
    "bank_account": "Bank account",
    "person_name": "Name that was used",
    "company_name": "Company name that was used",
    "other": "Other",
}
MECHANISMS = {
    "bank_wire": "Bank transfer",
    "card": "Card",
    "cash": "Cash",
    "cheque": "Cheque",
    "crypto": "Crypto",
    "gift_card": "Gift card",
    "money_service": "Money service",
    "payment_app": "Payment app",
    "other": "Other",
}
DIRECTIONS = {"sent": "Sent by the victim", "returned": "Came back to the victim"}
CHANNELS = {
    "email": "E-mail",
    "web_form": "Web form",
    "phone": "Phone",
    "in_person": "In person",
    "post": "Post",
}
REPORT_KINDS = {
    "police": "Police",
    "national_desk": "National fraud desk",
    "regulator": "Regulator",
    "government": "Government",
    "mission": "Embassy or consulate",
    "institution": "Bank, exchange or other institution",
    "platform": "Platform",
    "other": "Other",
}
OUTCOMES = {
    "accepted": "Accepted",
    "refused": "Refused",
    "referred": "Referred elsewhere",
    "no_answer": "No answer",
}
# What a member recorded to protect the person, as the subject of "stands".
SAFEGUARDS = {
    "fraud.kind": "that the person is held and made to defraud others",
    "triage.held_in": "where the person is held",
    "safety.ties_to": "the answer about ties",
    "safety.life_at_risk": "that a life is at risk",
    "safety.do_not_contact_victim": "not to contact the victim",
    "safety.do_not_reveal_location": "not to reveal where the victim is",
    "safety.no_dispatch_without_supervisor": "that nothing goes out without a supervisor",
    "safety.self_harm_risk": "that the victim may harm themselves",
    "safety.legal_advice_first": "that legal advice comes first",
    "victim.nationalities": "the nationalities",
    "victim.safe_contact.email_is_safe": "that the e-mail is not safe",
    "victim.safe_contact.phone_is_safe": "that the phone is not safe",
    "victim.safe_contact.note": "how to reach them safely",
}
