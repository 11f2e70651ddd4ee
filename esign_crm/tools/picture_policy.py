"""How many pictures of one signer are looked at in an hour: each costs a process of its own."""

PICTURES_PER_HOUR = 60
