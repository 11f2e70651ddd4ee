# ruff: noqa: RUF001 - letters of six languages
"""A mutual promise to keep business information secret."""

from .texts import Text

TEXTS: dict[str, Text] = {
    "en": Text(
        name="Sample: non-disclosure agreement (English)",
        title="Non-disclosure agreement",
        clauses=(
            ("1. What is confidential", "Everything that one party learns of the other’s business while they prepare or carry out common work: prices, plans, drawings, data, know-how, in any form, and that they are talking at all. What is public, was known before, or comes lawfully from somebody else is not confidential."),
            ("2. Duties", "Each party uses what it learns for the common work only, shows it only to those of its people who need it and are bound to the same secrecy, and protects it as carefully as its own secrets."),
            ("3. Disclosure by law", "What a law or an authority demands may be disclosed, as far as it goes; the other party is told beforehand where that is allowed."),
            ("4. Return", "On request, and when the work ends, each party returns or deletes what it was given and says so in writing. Copies that a law demands to be kept remain confidential."),
            ("5. Term", "This agreement applies from the signature of both parties and for three years after the common work ends."),
            ("6. Electronic signature", "The parties may sign this agreement electronically, by a personal link and a one-time code."),
        ),
        own="The First party", client="The Second party",
    ),
    "fr": Text(
        name="Modèle d’exemple : accord de confidentialité (français)",
        title="Accord de confidentialité",
        clauses=(
            ("1. Informations confidentielles", "Tout ce qu’une partie apprend des affaires de l’autre lors de la préparation ou de l’exécution de travaux communs : prix, projets, plans, données, savoir-faire, sous toute forme, ainsi que l’existence même des échanges. Ce qui est public, était déjà connu ou provient licitement d’un tiers n’est pas confidentiel."),
            ("2. Obligations", "Chaque partie n’utilise ce qu’elle apprend que pour les travaux communs, ne le montre qu’à ceux de ses collaborateurs qui en ont besoin et sont tenus au même secret, et le protège avec le même soin que ses propres secrets."),
            ("3. Divulgation obligatoire", "Ce qu’une loi ou une autorité exige peut être divulgué dans cette mesure ; l’autre partie en est avertie au préalable lorsque cela est permis."),
            ("4. Restitution", "Sur demande et à la fin des travaux, chaque partie restitue ou efface ce qu’elle a reçu et le confirme par écrit. Les copies que la loi impose de conserver restent confidentielles."),
            ("5. Durée", "Le présent accord s’applique dès sa signature par les deux parties et pendant trois ans après la fin des travaux communs."),
            ("6. Signature électronique", "Les parties peuvent signer cet accord par voie électronique, au moyen d’un lien personnel et d’un code à usage unique."),
        ),
        own="La première partie", client="La seconde partie",
    ),
    "it": Text(
        name="Modello di esempio: accordo di riservatezza (italiano)",
        title="Accordo di riservatezza",
        clauses=(
            ("1. Informazioni riservate", "Tutto ciò che una parte apprende dell’attività dell’altra nel preparare o svolgere lavori comuni: prezzi, piani, disegni, dati, know-how, in qualsiasi forma, e il fatto stesso dei contatti. Non è riservato ciò che è pubblico, era già noto o proviene lecitamente da altri."),
            ("2. Obblighi", "Ogni parte usa ciò che apprende solo per i lavori comuni, lo mostra solo ai propri collaboratori che ne hanno bisogno e sono tenuti alla stessa riservatezza, e lo protegge con la stessa cura dei propri segreti."),
            ("3. Comunicazioni dovute", "Ciò che una legge o un’autorità richiede può essere comunicato in quella misura; l’altra parte ne è avvisata prima, se è consentito."),
            ("4. Restituzione", "Su richiesta e alla fine dei lavori ogni parte restituisce o cancella ciò che ha ricevuto e lo conferma per iscritto. Le copie che la legge impone di conservare restano riservate."),
            ("5. Durata", "L’accordo vale dalla firma di entrambe le parti e per tre anni dopo la fine dei lavori comuni."),
            ("6. Firma elettronica", "Le parti possono firmare questo accordo in forma elettronica, con un link personale e un codice monouso."),
        ),
        own="La prima parte", client="La seconda parte",
    ),
    "pl": Text(
        name="Przykładowy szablon: umowa o zachowaniu poufności (polski)",
        title="Umowa o zachowaniu poufności",
        clauses=(
            ("1. Informacje poufne", "Wszystko, czego jedna strona dowie się o działalności drugiej przy przygotowaniu lub wykonaniu wspólnych prac: ceny, plany, rysunki, dane, wiedza techniczna, w każdej postaci, a także sam fakt rozmów. Nie jest poufne to, co jest publiczne, było znane wcześniej lub pochodzi zgodnie z prawem od kogoś innego."),
            ("2. Obowiązki", "Każda strona używa tego, czego się dowie, tylko do wspólnych prac, pokazuje to tylko tym swoim ludziom, którzy tego potrzebują i są związani taką samą tajemnicą, i chroni to tak starannie jak własne tajemnice."),
            ("3. Ujawnienie wymagane prawem", "To, czego żąda ustawa lub organ, można w tym zakresie ujawnić; druga strona jest o tym uprzedzana, jeśli to dozwolone."),
            ("4. Zwrot", "Na żądanie i po zakończeniu prac każda strona zwraca lub usuwa to, co otrzymała, i potwierdza to na piśmie. Kopie, które trzeba przechowywać z mocy prawa, pozostają poufne."),
            ("5. Czas obowiązywania", "Umowa obowiązuje od podpisania przez obie strony i przez trzy lata po zakończeniu wspólnych prac."),
            ("6. Podpis elektroniczny", "Strony mogą podpisać tę umowę elektronicznie, za pomocą osobistego linku i jednorazowego kodu."),
        ),
        own="Strona pierwsza", client="Strona druga",
    ),
    "ru": Text(
        name="Образец: соглашение о неразглашении (русский)",
        title="Соглашение о неразглашении",
        clauses=(
            ("1. Что конфиденциально", "Всё, что одна сторона узнаёт о делах другой при подготовке или выполнении совместных работ: цены, планы, чертежи, данные, ноу-хау в любом виде, а также сам факт переговоров. Не конфиденциально то, что общедоступно, было известно раньше или законно получено от других."),
            ("2. Обязанности", "Каждая сторона использует узнанное только для совместных работ, показывает его только тем своим работникам, кому это нужно и кто обязан хранить ту же тайну, и бережёт его так же, как собственные секреты."),
            ("3. Раскрытие по закону", "То, чего требует закон или государственный орган, можно раскрыть в этих пределах; другую сторону предупреждают заранее, если это разрешено."),
            ("4. Возврат", "По требованию и по окончании работ каждая сторона возвращает или удаляет полученное и подтверждает это письменно. Копии, которые закон велит хранить, остаются конфиденциальными."),
            ("5. Срок", "Соглашение действует со дня подписания обеими сторонами и ещё три года после окончания совместных работ."),
            ("6. Электронная подпись", "Стороны могут подписать это соглашение в электронном виде, с помощью личной ссылки и одноразового кода."),
        ),
        own="Первая сторона", client="Вторая сторона",
    ),
    "de": Text(
        name="Mustervorlage: Geheimhaltungsvereinbarung (Deutsch)",
        title="Geheimhaltungsvereinbarung",
        clauses=(
            ("1. Was vertraulich ist", "Alles, was eine Partei bei Vorbereitung oder Ausführung gemeinsamer Arbeiten vom Geschäft der anderen erfährt: Preise, Pläne, Zeichnungen, Daten, Know-how, in jeder Form, und dass überhaupt gesprochen wird. Nicht vertraulich ist, was öffentlich ist, schon bekannt war oder rechtmäßig von anderen stammt."),
            ("2. Pflichten", "Jede Partei nutzt, was sie erfährt, nur für die gemeinsamen Arbeiten, zeigt es nur denjenigen ihrer Leute, die es brauchen und zur gleichen Verschwiegenheit verpflichtet sind, und schützt es so sorgfältig wie eigene Geheimnisse."),
            ("3. Pflicht zur Auskunft", "Was ein Gesetz oder eine Behörde verlangt, darf insoweit offengelegt werden; die andere Partei wird vorher verständigt, wo das erlaubt ist."),
            ("4. Rückgabe", "Auf Verlangen und am Ende der Arbeiten gibt jede Partei zurück oder löscht, was sie erhalten hat, und bestätigt das in Textform. Kopien, die ein Gesetz aufzubewahren verlangt, bleiben vertraulich."),
            ("5. Laufzeit", "Die Vereinbarung gilt ab Unterzeichnung durch beide Parteien und drei Jahre über das Ende der gemeinsamen Arbeiten hinaus."),
            ("6. Elektronische Unterschrift", "Die Parteien können diese Vereinbarung elektronisch unterschreiben, mit einem persönlichen Link und einem Einmalcode."),
        ),
        own="Die erste Partei", client="Die zweite Partei",
    ),
}  # fmt: skip
