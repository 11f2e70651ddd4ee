from . import act
from . import assets
from . import callback
from . import document
from . import download
from . import portal
from . import signing
from . import verification
