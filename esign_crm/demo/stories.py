"""What happened on the deals of the demo data: who did what, how many days ago."""

from dataclasses import dataclass

DIRECTORS = {
    "dora": ("Dora Director", "dora.director@vendor.example.com", "the charter"),
    "victor": ("Victor Laurent", "victor.laurent@vendor.example.com", "power of attorney No. 14"),
}


@dataclass(frozen=True)
class Step:
    """One step: ``days`` ago, ``what`` (a method of the teller), and its words if it takes any."""

    days: float
    what: str
    words: str = ""


@dataclass(frozen=True)
class Story:
    """One request from its deal to where it stands today.

    :ivar deal: the last part of the deal's id in ``esign_demo.xml``
    :ivar channel: how the client is reached
    :ivar deadline: days from today, none for no deadline
    """

    title: str
    deal: str
    steps: tuple[Step, ...]
    director: str = "dora"
    channel: str = "email"
    deadline: float | None = None


def _signed(sent: float, own: float, client: float) -> tuple[Step, ...]:
    return (Step(sent, "sent"), Step(own, "own_signed"), Step(client, "client_signed"))


STORIES = (
    Story("Act of completed works, first quarter", "mill", _signed(34, 33.2, 31.5)),
    Story("Act of completed works, April", "bakery", _signed(26, 23, 22.4), director="victor"),
    Story("Contract for maintenance", "print", _signed(19, 18.6, 12.3), channel="sms"),
    Story("Act of completed works, May", "mill", _signed(12, 11.8, 11.1)),
    Story("Act of delivery and acceptance", "library", _signed(8, 7.9, 7.2)),
    Story("Contract, second stage", "harbour", _signed(5, 3.6, 1.4), director="victor"),
    Story(
        "Act of completed works, winter",
        "farm",
        (*_signed(21, 20.5, 17), Step(9, "withdrawn", "The hours of January were counted twice")),
    ),
    Story("Contract for the yearly service", "winery", (Step(2.2, "drafted"),)),
    Story("Act of survey, spring", "bridge", (Step(0.3, "sent"),)),
    Story("Contract for the fit-out", "clinic", (Step(4.6, "sent"),), director="victor"),
    Story(
        "Contract for acoustic panels in the concert hall and eleven practice rooms",
        "school",
        (Step(6.1, "sent"), Step(5.4, "own_signed"), Step(5.1, "client_shown")),
        deadline=1.2,
    ),
    Story(
        "Act of completed works, lights", "theatre", (Step(3.3, "sent"), Step(2.9, "own_signed"))
    ),
    Story(
        "Contract for ovens",
        "bakery",
        (
            Step(2.8, "sent"),
            Step(2.5, "own_signed"),
            Step(2.4, "client_bounced", "550 5.2.2 The mailbox is full"),
        ),
    ),
    Story(
        "Act of press maintenance",
        "print",
        (Step(2.1, "sent"), Step(1.7, "own_signed"), Step(0.9, "client_locked")),
        channel="sms",
    ),
    Story(
        "Act of completed works, cold store",
        "harbour",
        (Step(1.9, "sent"), Step(1.2, "own_signed"), Step(0.02, "client_signed_unsealed")),
    ),
    Story(
        "Contract for the lift",
        "hotel",
        (
            Step(9, "sent"),
            Step(8.2, "own_signed"),
            Step(6.5, "client_declined", "The price of the cabin is not the one we agreed on"),
        ),
    ),
    Story(
        "Offer for irrigation",
        "farm",
        (Step(15, "sent"), Step(14.6, "own_signed"), Step(4, "expired")),
    ),
    Story(
        "Act of completed works, shelving",
        "library",
        (Step(11, "sent"), Step(10.2, "cancelled", "The quantities will be measured again")),
    ),
)
