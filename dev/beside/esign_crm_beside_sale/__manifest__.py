{
    "name": "E-signature for CRM beside Sales: checks",
    "version": "19.0.1.0.0",
    "category": "Hidden/Tests",
    "summary": "Installs Sales beside e-signature and holds the tests of what both do together",
    "author": "esign_crm developers",
    "license": "LGPL-3",
    "depends": ["esign_crm", "sale_crm"],
}
