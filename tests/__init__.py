"""The tests: stories about people, told against real parts."""
