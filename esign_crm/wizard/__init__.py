from . import esign_cancel_wizard
from . import esign_contact_wizard
from . import esign_setup_wizard
from . import esign_extend_wizard
from . import esign_send_wizard
from . import esign_send_wizard_people
from . import esign_settings
from . import esign_withdraw_wizard
