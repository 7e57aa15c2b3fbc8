"""The officers' desk: pages without scripts. A name is hinted at until somebody asks for it, and that is written down."""
