"""How currencies are called in each language, by number."""

from collections.abc import Mapping
from types import MappingProxyType

# currency → (names of the unit, names of its hundredth), each: one, [few,] many
Names = tuple[tuple[str, ...], tuple[str, ...]]

NAMES: Mapping[str, Mapping[str, Names]] = MappingProxyType(
    {
        "en": {
            "EUR": (("euro", "euros"), ("cent", "cents")),
            "USD": (("US dollar", "US dollars"), ("cent", "cents")),
            "GBP": (("pound sterling", "pounds sterling"), ("penny", "pence")),
            "CHF": (("Swiss franc", "Swiss francs"), ("centime", "centimes")),
            "PLN": (("zloty", "zlotys"), ("grosz", "groszy")),
            "RUB": (("Russian rouble", "Russian roubles"), ("kopeck", "kopecks")),
            "BYN": (("Belarusian rouble", "Belarusian roubles"), ("kopeck", "kopecks")),
        },
        "de": {
            "EUR": (("Euro", "Euro"), ("Cent", "Cent")),
            "USD": (("US-Dollar", "US-Dollar"), ("Cent", "Cent")),
            "GBP": (("Pfund Sterling", "Pfund Sterling"), ("Penny", "Pence")),
            "CHF": (("Schweizer Franken", "Schweizer Franken"), ("Rappen", "Rappen")),
            "PLN": (("Złoty", "Złoty"), ("Grosz", "Groszy")),
            "RUB": (("russischer Rubel", "russische Rubel"), ("Kopeke", "Kopeken")),
            "BYN": (("belarussischer Rubel", "belarussische Rubel"), ("Kopeke", "Kopeken")),
        },
        "fr": {
            "EUR": (("euro", "euros"), ("centime", "centimes")),
            "USD": (("dollar américain", "dollars américains"), ("cent", "cents")),
            "GBP": (("livre sterling", "livres sterling"), ("penny", "pence")),
            "CHF": (("franc suisse", "francs suisses"), ("centime", "centimes")),
            "PLN": (("zloty", "zlotys"), ("grosz", "groszy")),
            "RUB": (("rouble russe", "roubles russes"), ("kopeck", "kopecks")),
            "BYN": (("rouble biélorusse", "roubles biélorusses"), ("kopeck", "kopecks")),
        },
        "it": {
            "EUR": (("euro", "euro"), ("centesimo", "centesimi")),
            "USD": (("dollaro statunitense", "dollari statunitensi"), ("centesimo", "centesimi")),
            "GBP": (("sterlina", "sterline"), ("penny", "pence")),
            "CHF": (("franco svizzero", "franchi svizzeri"), ("centesimo", "centesimi")),
            "PLN": (("zloty", "zloty"), ("grosz", "groszy")),
            "RUB": (("rublo russo", "rubli russi"), ("copeco", "copechi")),
            "BYN": (("rublo bielorusso", "rubli bielorussi"), ("copeco", "copechi")),
        },
        "pl": {
            "EUR": (("euro", "euro", "euro"), ("cent", "centy", "centów")),
            "USD": (
                ("dolar amerykański", "dolary amerykańskie", "dolarów amerykańskich"),
                ("cent", "centy", "centów"),
            ),
            "GBP": (
                ("funt szterling", "funty szterlingi", "funtów szterlingów"),
                ("pens", "pensy", "pensów"),
            ),
            "CHF": (
                ("frank szwajcarski", "franki szwajcarskie", "franków szwajcarskich"),
                ("centym", "centymy", "centymów"),
            ),
            "PLN": (("złoty", "złote", "złotych"), ("grosz", "grosze", "groszy")),
            "RUB": (
                ("rubel rosyjski", "ruble rosyjskie", "rubli rosyjskich"),
                ("kopiejka", "kopiejki", "kopiejek"),
            ),
            "BYN": (
                ("rubel białoruski", "ruble białoruskie", "rubli białoruskich"),
                ("kopiejka", "kopiejki", "kopiejek"),
            ),
        },
        "ru": {
            "EUR": (("евро", "евро", "евро"), ("цент", "цента", "центов")),
            "USD": (
                ("доллар США", "доллара США", "долларов США"),
                ("цент", "цента", "центов"),
            ),
            "GBP": (
                ("фунт стерлингов", "фунта стерлингов", "фунтов стерлингов"),
                ("пенс", "пенса", "пенсов"),
            ),
            "CHF": (
                ("швейцарский франк", "швейцарских франка", "швейцарских франков"),
                ("сантим", "сантима", "сантимов"),
            ),
            "PLN": (("злотый", "злотых", "злотых"), ("грош", "гроша", "грошей")),
            "RUB": (("рубль", "рубля", "рублей"), ("копейка", "копейки", "копеек")),
            "BYN": (
                ("белорусский рубль", "белорусских рубля", "белорусских рублей"),
                ("копейка", "копейки", "копеек"),
            ),
        },
    }
)
FEMININE = {("fr", "GBP"), ("it", "GBP")}
