"""The mails that people get: plain text, links from the settings and never from the request."""

import smtplib
import ssl
from concurrent.futures import ThreadPoolExecutor
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

from flask import current_app, url_for

from calcapp import logs

POSTMAN = ThreadPoolExecutor(1, "postman")  # beside the request, which must not tell by its length who has an account
PATIENCE = 10  # seconds for each step of a delivery
TRIES = 3


def are_sent() -> bool:
    return bool(current_app.config["MAIL"]["host"])


def reset_link(to: str, token: str) -> None:
    send(
        to,
        "A new password for Calcapp",
        "Somebody, hopefully you, wants a new password for your account.\n"
        f"Choose it here within 30 minutes; the link works once:\n\n{link('accounts.reset_password', token)}\n\n"
        "If that was not you, do nothing: your password stays as it is.",
    )


def password_changed(to: str) -> None:
    send(
        to,
        "Your Calcapp password was changed",
        "The password of your account was changed, and other devices were logged out.\n\n"
        f"If that was not you, take your account back now:\n\n{link('accounts.forgot_password')}",
    )


def confirm_address(to: str, token: str) -> None:
    send(
        to,
        "Confirm your address for Calcapp",
        f"Open this link to confirm that your mail arrives here:\n\n{link('accounts.confirm_email', token)}\n\n"
        "If you have not asked for it, do nothing.",
    )


def address_will_change(to: str, new: str) -> None:
    send(
        to,
        "Your Calcapp address is about to change",
        f"Somebody who is logged in to your account wants to change its address to {new}.\n"
        "It changes when the link that was sent there is opened.\n\n"
        f"If that was not you, change your password now:\n\n{link('accounts.change_password')}",
    )


def address_changed(to: str, new: str) -> None:
    send(
        to,
        "Your Calcapp address was changed",
        f"Your account now has the address {new}; this is the last mail to the old one.\n\n"
        "If that was not you, tell whoever runs this server.",
    )


def second_factor_changed(to: str, what: str) -> None:
    send(
        to,
        "How you log in to Calcapp was changed",
        f"{what}\n\nIf that was not you, change your password now:\n\n{link('accounts.change_password')}",
    )


def codes_are_guessed(to: str) -> None:
    send(
        to,
        "Somebody knows your Calcapp password",
        "Somebody has typed your password and then ten wrong codes of your second factor. Nobody was let in.\n\n"
        f"If that was not you, choose another password now:\n\n{link('accounts.forgot_password')}",
    )


def leaving(to: str, token: str) -> None:
    send(
        to,
        "Your Calcapp account will be deleted",
        "You have asked for your account and all its records to be deleted. That happens in 7 days.\n\n"
        f"If you change your mind until then, keep it here:\n\n{link('accounts.stay_by_mail', token)}",
    )


def link(endpoint: str, token: str | None = None) -> str:
    return current_app.config["PUBLIC_URL"] + url_for(endpoint, token=token, _external=False)


def send(to: str, subject: str, text: str) -> None:
    mail = current_app.config["MAIL"]
    if not mail["host"]:
        logs.event("mail", to=to, subject=subject, text=text)
        return
    POSTMAN.submit(deliver, dict(mail), written(mail["sender"], to, subject, text))


def written(sender: str, to: str, subject: str, text: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, subject
    message["Date"], message["Auto-Submitted"] = formatdate(), "auto-generated"
    message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2].rstrip("> ") or None)
    message.set_content(text)
    return message


def deliver(mail: dict, message: EmailMessage) -> None:
    """Hand it to the mail server; where that fails, try again, then say so in the log."""
    for left in reversed(range(TRIES)):
        try:
            hand_over(mail, message)
            return
        except (OSError, smtplib.SMTPException) as trouble:
            logs.event("mail_failed", subject=message["Subject"], trouble=type(trouble).__name__, tries_left=left)


def hand_over(mail: dict, message: EmailMessage) -> None:
    """With TLS, as the settings say: neither mail nor password go to who cannot show to be that server."""
    place, trusted = (mail["host"], mail["port"]), ssl.create_default_context()
    if mail["security"] == "tls":
        server = smtplib.SMTP_SSL(*place, timeout=PATIENCE, context=trusted)
    else:
        server = smtplib.SMTP(*place, timeout=PATIENCE)
    with server:
        if mail["security"] == "starttls":
            server.starttls(context=trusted)
        if mail["user"]:
            server.login(mail["user"], mail["password"])
        server.send_message(message)
