"""The only importers of the terminal's own vendor libraries other than Kivy."""
