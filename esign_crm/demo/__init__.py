"""Demo data: a board that has been lived with; loaded with Odoo's demo data only."""
