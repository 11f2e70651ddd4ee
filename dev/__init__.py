"""What a developer runs: each command of this folder and the parts behind it."""
