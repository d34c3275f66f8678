"""Which names say police: a report under a free name counts for the local police by its name alone."""

import pytest

from cases.plan.police import says_police


@pytest.mark.parametrize(
    "name",
    [
        *(
            "Metropolitan Police",
            "Police Nationale",
            "Polícia Judiciária",
            "Policía Nacional",
            "Policie České republiky",
        ),
        *("Komenda Powiatowa Policji", "Wydział policyjny", "POLICIJA", "Bundespolizei", "Kriminalpolizei Köln"),
        *("Polizia Postale", "Poliția Română", "Poliţia Capitalei", "Politia Romana", "Keskusrikospoliisi"),
        *(
            "Oslo Politi",
            "Rigspolitiet",
            "Politistationen i Aarhus",
            "Zeehavenpolitie",
            "Politiekorps Aruba",
            "Politsei- ja Piirivalveamet",
        ),
        *("İstanbul Polis Merkezi", "POLİS", "Polis Diraja Malaysia", "Polisie", "Jeshi la Polisi", "Mapolisi"),
        *("Kepolisian Negara Republik Indonesia", "Lapolis Nasyonal", "Polismyndigheten", "Säkerhetspolisen"),
        *("Nordsjællands Politikreds", "Oslo politikammer", "Politikontoret", "En politikvinne", "Politikommissæren"),
        *("Gränspolis Syd", "Närpolis Väst"),
        *("Norrmalms polisstation", "Närpolisen", "Rikspolisstyrelsen", "Gränspolismyndigheten", "Rikskriminalpolis"),
        *("Pambansang Pulisya", "Poileas Alba", "Heddlu De Cymru", "Gendarmerie nationale", "Jandarma Komutanlığı"),
        *("Žandarmerija", "Arma dei Carabinieri", "Carabineros de Chile", "Guardia Civil", "Mossos d'Esquadra"),
        *("Ertzaintza", "Questura di Roma", "Comisaría de Usera", "Comisaria 12", "An Garda Síochána"),
        *("Cook County Sheriff", "Royal Ulster Constabulary", "Budapesti Rendőr-főkapitányság"),
        *("Lögreglan", "Emniyet Müdürlüğü", "内政部警政署", "杭州市公安局", "경찰청", "شرطة دبي", "پلیس فتا"),
        *(
            "پنجاب پولیس",
            "پۆلیسی هەولێر",
            "Главна дирекция Национална полиция",
            "Національна поліція",
            "Милиция Минска",
        ),
        *("міліцыя", "Цагдаагийн ерөнхий газар", "ΕΛΛΗΝΙΚΗ ΑΣΤΥΝΟΜΙΑ", "ՀՀ ոստիկանություն", "საპოლიციო", "משטרת ישראל"),
        *("የፌዴራል ፖሊስ", "สถานีตำรวจ", "Cảnh sát hình sự", "Công an Hà Nội", "दिल्ली पुलिस", "पुणे पोलीस"),
        *("ठाणे पोलिस", "नेपाल प्रहरी", "বাংলাদেশ পুলিশ", "ਪੰਜਾਬ ਪੁਲਿਸ", "ગુજરાત પોલીસ", "தமிழ்நாடு காவல்துறை"),
        *("హైదరాబాద్ పోలీసులు", "ಕರ್ನಾಟಕ ಪೊಲೀಸ್", "കേരള പോലീസ്", "പൊലീസ്", "ශ්‍රී ලංකා පොලිසිය", "ប៉ូលិសជាតិ"),
        *("នគរបាលជាតិ", "ຕຳຫຼວດ", "မြန်မာနိုင်ငံရဲတပ်ဖွဲ့"),
    ],
)
def test_a_police_force_says_so_in_its_own_language(name: str) -> None:
    assert says_police(name)


@pytest.mark.parametrize(
    "name",
    [
        *("FBI Minneapolis field office", "Better Business Bureau Indianapolis", "Metropolitan Bank fraud desk"),
        *("Attorney General of Maryland, Annapolis", "Insurance Policy Ombudsman", "Ombudsman for insurance policies"),
        *("Polish Financial Supervision Authority", "Petrópolis Procon", "Procon Florianópolis", "Persepolis Bank"),
        *("Ufficio polizze", "Polițe de asigurare", "Policlinico Gemelli", "Policlínica Central", "Political desk"),
        *("Ministerio de Política Criminal", "Politieke partij", "Bundeszentrale für politische Bildung"),
        *("Politik", "Politiken", "Politikens Hus", "Partiets politiker", "Politikk og samfunn", "Politikredaktion"),
        *("Politik kontor", "Social- och hälsopolitik", "Politikwissenschaft", "Politika", "Minneapolis traffic desk"),
        *("Politisk kontor", "Cosmopolitan Insurance", "Banco Metropolitano", "Politechnika", "Escuela Politécnica"),
        *("Finanzamt", "Ministerio Público", "IC3"),
    ],
)
def test_what_only_sounds_like_police_is_none(name: str) -> None:
    assert not says_police(name)
