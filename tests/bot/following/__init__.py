"""Being told in the chat."""
