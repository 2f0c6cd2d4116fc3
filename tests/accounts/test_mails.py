"""Mails go to the mail server that the settings name, and to none that only says so."""

import datetime
import ipaddress
import ssl

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from calcapp.accounts import mails
from tests.accounts.mailbox import receiving

pytestmark = pytest.mark.filterwarnings("ignore:Session.login_data:DeprecationWarning")  # aiosmtpd's own
NOW = datetime.datetime.now(datetime.UTC)
DAY = datetime.timedelta(days=1)
LOGIN = {"user": "calcapp", "password": "the password of the mail server"}


def certificate(folder, address="127.0.0.1", until=NOW + DAY):
    """A certificate that signs itself, and its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "A mail server")])
    uses = dict.fromkeys(
        ("content_commitment", "key_encipherment", "data_encipherment", "key_agreement", "crl_sign"), False
    ) | {"digital_signature": True, "key_cert_sign": True, "encipher_only": False, "decipher_only": False}
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), NOW - 2 * DAY, until)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(address))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(**uses), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = folder / f"{made.serial_number}.pem"
    pem = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    file.write_bytes(key.private_bytes(*pem) + made.public_bytes(serialization.Encoding.PEM))
    return file


def speaking(security, file):
    """A mail server with this certificate."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(file)
    if security == "tls":
        return receiving(ssl_context=context, auth_require_tls=False)  # all that is said there is said through TLS
    return receiving(tls_context=context)


def deliver(security, box, monkeypatch):
    """Send one mail there; what the log says of it."""
    told = []
    monkeypatch.setattr(mails.logs, "event", lambda name, **facts: told.append((name, facts["trouble"])))
    message = mails.written("Calcapp <no-reply@example.org>", "alice@example.org", "A subject", "A text.")
    mails.deliver({**LOGIN, **box.reached, "security": security}, message)
    return told


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_mail_and_the_password_go_through_tls(tmp_path, monkeypatch, security):
    file = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    with speaking(security, file) as box:
        assert deliver(security, box, monkeypatch) == []
        assert box.next() == ("alice@example.org", "A subject", "A text.\r\n")
        assert box.came == [(LOGIN["user"], LOGIN["password"])]


@pytest.mark.parametrize("security", ["starttls", "tls"])
@pytest.mark.parametrize(
    "wrong", [{"address": "127.0.0.2"}, {"until": NOW - DAY}, {}], ids=["of another server", "too old", "of nobody"]
)
def test_a_server_with_a_wrong_certificate_gets_neither_mail_nor_password(tmp_path, monkeypatch, security, wrong):
    file = certificate(tmp_path, **wrong)
    monkeypatch.setenv("SSL_CERT_FILE", str(file if wrong else certificate(tmp_path)))
    with speaking(security, file) as box:
        assert deliver(security, box, monkeypatch) == [("mail_failed", "SSLCertVerificationError")] * mails.TRIES
        assert (box.came, box.arrived.empty()) == ([], True)


def test_a_server_that_says_it_knows_no_tls_gets_nothing_either(monkeypatch):
    """As when somebody between takes the word STARTTLS out of what it says."""
    with receiving(auth_require_tls=False) as box:
        assert deliver("starttls", box, monkeypatch) == [("mail_failed", "SMTPNotSupportedError")] * mails.TRIES
        assert (box.came, box.arrived.empty()) == ([], True)
