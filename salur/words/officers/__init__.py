"""Roles, offices, accounts and linked chats in words."""
