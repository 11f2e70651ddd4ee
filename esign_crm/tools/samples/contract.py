# ruff: noqa: RUF001 - letters of six languages
"""A service contract."""

from .texts import Text

TEXTS: dict[str, Text] = {
    "en": Text(
        name="Sample: service contract (English)",
        title="Service contract",
        clauses=(
            ("1. Subject", "The Contractor carries out the works that the parties agree on in writing; the Customer accepts and pays for them."),
            ("2. Acceptance", "After the works the parties sign an act of completed works. Objections are put in writing within five working days."),
            ("3. Payment", "The Customer pays within fourteen days of the signed act."),
            ("4. Electronic signature", "The parties may sign this contract and the acts to it electronically, by a personal link and a one-time code."),
        ),
        own="The Contractor", client="The Customer", entry="Place of the works",
    ),
    "fr": Text(
        name="Modèle d’exemple : contrat de prestation (français)",
        title="Contrat de prestation de services",
        clauses=(
            ("1. Objet", "Le Prestataire réalise les travaux convenus par écrit entre les parties ; le Client les réceptionne et les paie."),
            ("2. Réception", "À la fin des travaux, les parties signent un procès-verbal de réception. Les réserves sont formulées par écrit dans les cinq jours ouvrés."),
            ("3. Paiement", "Le Client paie dans les quatorze jours suivant la signature du procès-verbal."),
            ("4. Signature électronique", "Les parties peuvent signer ce contrat et ses procès-verbaux par voie électronique, au moyen d’un lien personnel et d’un code à usage unique."),
        ),
        own="Le Prestataire", client="Le Client", entry="Lieu des travaux",
    ),
    "it": Text(
        name="Modello di esempio: contratto di servizi (italiano)",
        title="Contratto di prestazione di servizi",
        clauses=(
            ("1. Oggetto", "Il Prestatore esegue i lavori concordati per iscritto dalle parti; il Cliente li accetta e li paga."),
            ("2. Accettazione", "Al termine dei lavori le parti firmano un verbale di lavori eseguiti. Le contestazioni si presentano per iscritto entro cinque giorni lavorativi."),
            ("3. Pagamento", "Il Cliente paga entro quattordici giorni dalla firma del verbale."),
            ("4. Firma elettronica", "Le parti possono firmare questo contratto e i relativi verbali in forma elettronica, con un link personale e un codice monouso."),
        ),
        own="Il Prestatore", client="Il Cliente", entry="Luogo dei lavori",
    ),
    "pl": Text(
        name="Przykładowy szablon: umowa o świadczenie usług (polski)",
        title="Umowa o świadczenie usług",
        clauses=(
            ("1. Przedmiot", "Wykonawca wykonuje prace uzgodnione przez strony na piśmie; Zamawiający je odbiera i za nie płaci."),
            ("2. Odbiór", "Po zakończeniu prac strony podpisują protokół odbioru. Zastrzeżenia zgłasza się na piśmie w ciągu pięciu dni roboczych."),
            ("3. Płatność", "Zamawiający płaci w ciągu czternastu dni od podpisania protokołu."),
            ("4. Podpis elektroniczny", "Strony mogą podpisać tę umowę i protokoły do niej elektronicznie, za pomocą osobistego linku i jednorazowego kodu."),
        ),
        own="Wykonawca", client="Zamawiający", entry="Miejsce prac",
    ),
    "ru": Text(
        name="Образец: договор оказания услуг (русский)",
        title="Договор оказания услуг",
        clauses=(
            ("1. Предмет", "Исполнитель выполняет работы, согласованные сторонами в письменном виде; Заказчик принимает их и оплачивает."),
            ("2. Приёмка", "По окончании работ стороны подписывают акт выполненных работ. Возражения заявляются в письменном виде в течение пяти рабочих дней."),
            ("3. Оплата", "Заказчик платит в течение четырнадцати дней после подписания акта."),
            ("4. Электронная подпись", "Стороны могут подписывать этот договор и акты к нему в электронном виде, с помощью личной ссылки и одноразового кода."),
        ),
        own="Исполнитель", client="Заказчик", entry="Место выполнения работ",
    ),
    "de": Text(
        name="Mustervorlage: Dienstleistungsvertrag (Deutsch)",
        title="Dienstleistungsvertrag",
        clauses=(
            ("1. Gegenstand", "Der Auftragnehmer führt die Arbeiten aus, die die Parteien schriftlich vereinbaren; der Auftraggeber nimmt sie ab und bezahlt sie."),
            ("2. Abnahme", "Nach den Arbeiten unterschreiben die Parteien ein Abnahmeprotokoll. Einwände werden binnen fünf Werktagen schriftlich erhoben."),
            ("3. Zahlung", "Der Auftraggeber zahlt binnen vierzehn Tagen nach Unterzeichnung des Protokolls."),
            ("4. Elektronische Unterschrift", "Die Parteien können diesen Vertrag und die Protokolle dazu elektronisch unterschreiben, mit einem persönlichen Link und einem Einmalcode."),
        ),
        own="Der Auftragnehmer", client="Der Auftraggeber", entry="Ort der Arbeiten",
    ),
}  # fmt: skip
