"""Which update goes where: the table of commands, buttons and kinds of message."""

from __future__ import annotations

import re

from telegram import Update
from telegram.ext import (
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    MessageHandler,
    filters,
)

from salur.bot.attachments import Attachments
from salur.bot.chat import buttons
from salur.bot.chat.groups import Groups
from salur.bot.chat.language import LanguageTalk
from salur.bot.chat.memory import Memory
from salur.bot.chat.turn import BotApplication, Context, Handler, Turn, turns
from salur.bot.circulars import CircularTalk
from salur.bot.following import buttons as following_buttons
from salur.bot.following.talk import FollowTalk
from salur.bot.handing import BACK, HAND, PAGE, HandingTalk
from salur.bot.lookup.conversation import Conversation
from salur.bot.neighbourhood import PRESSED, NeighbourhoodTalk
from salur.bot.notices import buttons as notice_buttons
from salur.bot.officers import START as LINK
from salur.bot.officers import Linking
from salur.bot.payouts import ScheduleTalk
from salur.bot.privacy import MyDataTalk
from salur.bot.proposals import buttons as proposal_buttons
from salur.bot.proposals.proposing import ProposalTalk
from salur.bot.proposals.tickets import START as TICKET
from salur.bot.proposals.tickets import TicketTalk
from salur.wiring import Services

PRIVATE = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
GROUP = filters.ChatType.GROUPS & filters.UpdateType.MESSAGE


FORGET_MINE = re.compile(r"\s*hapus(?:kan)?\s+data(?:\s+saya|ku)?\W*$", re.IGNORECASE)


class Desk:
    """Takes every update and hands it to the part that answers it."""

    def __init__(self, services: Services, memory: Memory) -> None:
        self._memory = memory
        self._schedule = ScheduleTalk(services, memory)
        self._proposals = ProposalTalk(services, memory)
        self._tickets = TicketTalk(services, memory)
        self._conversation = Conversation(services, memory, self._schedule, self._proposals, self._tickets)
        self._language = LanguageTalk(services, memory)
        self._linking = Linking(services)
        self._circulars = CircularTalk(services)
        self._follow = FollowTalk(services, memory, self._proposals)
        self._my_data = MyDataTalk(services, memory, self._proposals)
        self._neighbourhood = NeighbourhoodTalk(services)
        self._handing = HandingTalk(services)
        self._groups = Groups()
        self._attachments = Attachments(memory)

    def register(self, application: BotApplication) -> None:
        """Add all handlers; of each update the first that fits is called."""
        conversation, groups = self._conversation, self._groups
        for names, in_private, in_group in self._commands():
            in_private, in_group = conversation.unless_number(in_private), groups.unless_number(in_group)
            application.add_handler(CommandHandler(names, turns(in_private, self._memory), PRIVATE))
            application.add_handler(CommandHandler(names, turns(in_group, self._memory), GROUP))
            # People type the word without the stroke; nobody is called Batal.
            alone = filters.Regex(re.compile(rf"^\s*({'|'.join(names)})\s*[.!?]?\s*$", re.IGNORECASE))
            application.add_handler(MessageHandler(PRIVATE & alone, turns(in_private, self._memory)))
        messages: tuple[tuple[filters.BaseFilter, Handler], ...] = (
            (PRIVATE & filters.Regex(FORGET_MINE), self._follow.ask_forget),
            (PRIVATE & filters.COMMAND, conversation.unknown_command),
            (PRIVATE & filters.TEXT, conversation.text),
            (PRIVATE & ~filters.StatusUpdate.ALL, self._attachments.attachment),
            (filters.ChatType.PRIVATE & filters.UpdateType.EDITED_MESSAGE, self._attachments.edited),
            (filters.ChatType.GROUPS & ~filters.StatusUpdate.ALL, groups.text),
        )
        for fits, handler in messages:
            application.add_handler(MessageHandler(fits, turns(handler, self._memory)))
        application.add_handler(CallbackQueryHandler(turns(self._press, self._memory)))
        application.add_handler(ChatMemberHandler(self._membership, ChatMemberHandler.MY_CHAT_MEMBER))

    def _commands(self) -> tuple[tuple[list[str], Handler, Handler], ...]:
        """Names of each command, and who answers it in private and in a group."""
        talk, groups = self._conversation, self._groups
        return (
            (["start"], self._start, self._start_in_group),
            (["cek", "check"], talk.check, groups.check),
            (["jadwal", "schedule"], self._schedule.schedule, self._schedule.schedule),
            (["edaran", "circulars"], self._circulars.circulars, self._circulars.circulars),
            (["ajukan", "lapor", "propose"], self._proposals.start, self._proposals.in_group),
            (["tiket", "ticket"], talk.ticket, self._proposals.in_group),
            (["daftar", "wilayah", "list"], self._neighbourhood.listed, self._neighbourhood.in_group),
            (["surat", "letters"], self._handing.letters, self._handing.in_group),
            (["bantuan", "help"], talk.help, groups.command),
            (["bahasa", "language"], self._language.ask, groups.command),
            (["batal", "cancel"], talk.cancel, groups.command),
            (["privasi", "privacy"], talk.privacy, groups.command),
            (["hubungkan", "link"], self._linking.link, self._linking.in_group),
            (["lepas", "unlink"], self._linking.unlink, groups.command),
            (["berhenti", "unfollow"], self._follow.stop, groups.command),
            (["hapus", "forget"], self._follow.ask_forget, groups.command),
        )

    async def _start(self, turn: Turn) -> None:
        """/start, alone or with what a link of the site put behind it."""
        links: tuple[tuple[str, Handler], ...] = (
            (LINK, self._linking.link),
            (TICKET, self._conversation.ticket),
            (proposal_buttons.PROPOSE, self._proposals.start),
        )
        handler = next((act for beginning, act in links if turn.arguments.startswith(beginning)), None)
        await (handler or self._conversation.start)(turn)

    async def _start_in_group(self, turn: Turn) -> None:
        """A link with a code may be opened in a group by mistake."""
        coded = turn.arguments.startswith(LINK)
        await (self._linking.in_group if coded else self._groups.command)(turn)

    async def _press(self, turn: Turn) -> None:
        """A button. Its data come back from the person's device, so only what is known is obeyed."""
        anywhere: tuple[tuple[str, Handler], ...] = (
            (rf"{buttons.KELURAHAN}[\d.]{{13}}", self._schedule.chosen),
            (rf"{buttons.CALENDAR}\d{{1,9}}(?::\d{{1,2}}-\d{{1,2}})?", self._schedule.calendar),
            (rf"{notice_buttons.OPEN}\d{{1,9}}", self._circulars.open),
            (rf"{notice_buttons.PDF}\d{{1,9}}", self._circulars.pdf),
        )
        in_private: tuple[tuple[str, Handler], ...] = (
            (buttons.CHECK, self._conversation.check),
            (buttons.CANCEL, self._conversation.cancel),
            (buttons.HELP, self._conversation.help),
            (buttons.SCHEDULE, self._schedule.schedule),
            (rf"{buttons.CHOOSE}[a-z]{{2}}", self._language.choose),
            (proposal_buttons.PROPOSE, self._proposals.start),
            (rf"{proposal_buttons.PROPOSE}:.{{1,40}}", self._proposals.press),
            (proposal_buttons.TICKET, self._conversation.ticket),
            (proposal_buttons.NO_NAME, self._conversation.without_name),
            (rf"{proposal_buttons.TICKET}:(ikuti|lepas|keberatan|jawab)", self._tickets.press),
            (rf"(?:{notice_buttons.READ}|{notice_buttons.PASSED_ON})\d{{1,9}}", self._circulars.acknowledge),
            (PRESSED.pattern, self._neighbourhood.pressed),
            (PAGE.pattern, self._handing.page),
            (HAND.pattern, self._handing.hand_over),
            (BACK.pattern, self._handing.take_back),
            (rf"{buttons.MY_DATA}[0-9a-f]{{8}}", self._my_data.history),
            (rf"{buttons.CONTEST}[0-9a-f]{{8}}:[1-9]", self._proposals.contest),
            (rf"{buttons.CORRECTION}[0-9a-f]{{8}}", self._my_data.correction),
            (rf"{buttons.END_WORD}[0-9a-f]{{8}}", self._my_data.end_word),
            (rf"{following_buttons.FOLLOW}[0-9a-f]{{8}}", self._follow.ask),
            (rf"{following_buttons.FOLLOW}[0-9a-f]{{8}}{following_buttons.AGREE}", self._follow.agree),
            (following_buttons.NOT_NOW, self._follow.not_now),
            (following_buttons.STOP, self._follow.stop),
            (rf"{following_buttons.ABOUT}\d{{1,19}}:[0-9a-f]{{16}}", self._follow.contest),
            (following_buttons.FORGET, self._follow.ask_forget),
            (following_buttons.FORGET_ALL, self._follow.forget),
            (following_buttons.KEEP, self._follow.keep),
        )
        otherwise = self._conversation.lost_button if turn.is_private else self._groups.press
        table = anywhere + in_private if turn.is_private else anywhere
        handler = next((act for pattern, act in table if re.fullmatch(pattern, turn.text)), otherwise)
        await handler(turn)

    async def _membership(self, update: Update, context: Context) -> None:
        """Someone blocked the bot, or threw it out of a group: nothing of that chat is remembered."""
        change = update.my_chat_member
        if change and change.new_chat_member.status in (change.new_chat_member.BANNED, change.new_chat_member.LEFT):
            self._memory.forget(change.chat.id)
