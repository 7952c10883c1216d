"""Why entries of lists are held against each other, and why an office lets them be."""

from __future__ import annotations

from enum import StrEnum


class DoubleKind(StrEnum):
    """Why entries are held against each other."""

    SAME_NIK = "same_nik"  # one NIK twice in one programme and period
    NIK_EXCLUSIVE = "nik_exclusive"  # one NIK in programmes that exclude each other
    HOUSEHOLD = "household"  # two people of one KK in a programme that pays one of a family
    KK_EXCLUSIVE = "kk_exclusive"  # two people of one KK, in programmes that exclude each other
    SIMILAR_NAME = "similar_name"  # nearly one name, two NIKs, one RT


class CheckReason(StrEnum):
    """What an office found that looked into a double."""

    TWO_PEOPLE = "two_people"  # it is not one person, or not one family
    ALLOWED = "allowed"  # it is, and may be
    PASSED_ON = "passed_on"  # it is wrong, and told to who makes the list
    OTHER = "other"  # with a note


NEEDS_NOTE = frozenset({CheckReason.OTHER})  # says nothing by itself
