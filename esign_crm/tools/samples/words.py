# ruff: noqa: RUF001 - letters of six languages
"""What all samples of one language have in common: the mark on each page and the names of their fields."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """One language. `mark` says on each page that this is a sample; the rest are labels of fields."""

    mark: str
    requisites: str
    signature: str
    date: str
    stamp: str


WORDS: dict[str, Words] = {
    "en": Words(
        mark="SAMPLE. Not legal advice: have it checked by your lawyer before you use it.",
        requisites="Company details", signature="Signature", date="Date of signature", stamp="Stamp, if any",
    ),
    "fr": Words(
        mark="EXEMPLE, pas un conseil juridique : faites-le vérifier par votre avocat.",
        requisites="Coordonnées de la société", signature="Signature", date="Date de signature", stamp="Cachet, le cas échéant",
    ),
    "it": Words(
        mark="ESEMPIO, non una consulenza legale: farlo verificare dal proprio avvocato.",
        requisites="Dati dell’azienda", signature="Firma", date="Data della firma", stamp="Timbro, se presente",
    ),
    "pl": Words(
        mark="PRZYKŁAD, nie porada prawna: przed użyciem prosimy dać do sprawdzenia prawnikowi.",
        requisites="Dane firmy", signature="Podpis", date="Data podpisania", stamp="Pieczątka, jeśli jest",
    ),
    "ru": Words(
        mark="ОБРАЗЕЦ, не юридическая консультация: дайте его проверить своему юристу.",
        requisites="Реквизиты", signature="Подпись", date="Дата подписания", stamp="Печать, если есть",
    ),
    "de": Words(
        mark="MUSTER, keine Rechtsberatung: vor der Verwendung vom Anwalt prüfen lassen.",
        requisites="Firmenangaben", signature="Unterschrift", date="Datum der Unterschrift", stamp="Stempel, falls vorhanden",
    ),
}  # fmt: skip
