"""A device that keeps a passkey, made of software, so that it can also lie."""

import hashlib
import json
import secrets
import struct

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from webauthn.helpers import bytes_to_base64url

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


class Device:
    """Answers what a page asks for. `site`, `origin` and `verified` are what it claims."""

    def __init__(self, site="localhost", origin="http://localhost:8000", verified=True):
        self.site, self.origin, self.verified = site, origin, verified
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = secrets.token_bytes(16)
        self.uses = 0

    def makes(self, asked):
        """The answer to creation options: a new passkey."""
        numbers = self.key.public_key().public_numbers()
        coordinates = (number.to_bytes(32, "big") for number in (numbers.x, numbers.y))
        public = cbor2.dumps({1: 2, 3: -7, -1: 1, **dict(zip((-2, -3), coordinates, strict=True))})
        attested = bytes(16) + struct.pack(">H", len(self.name)) + self.name + public
        made = {"fmt": "none", "attStmt": {}, "authData": self.says(ATTESTED) + attested}
        return self.answer("webauthn.create", asked, attestationObject=cbor2.dumps(made))

    def signs(self, asked):
        """The answer to request options: a signature."""
        self.uses += 1
        said, client = self.says(), self.client("webauthn.get", asked)
        signature = self.key.sign(said + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self.answer("webauthn.get", asked, authenticatorData=said, signature=signature)

    def says(self, more=0):
        flags = PRESENT | (VERIFIED if self.verified else 0) | more
        return hashlib.sha256(self.site.encode()).digest() + struct.pack(">BI", flags, self.uses)

    def client(self, kind, asked):
        return json.dumps({"type": kind, "challenge": asked["challenge"], "origin": self.origin}).encode()

    def answer(self, kind, asked, **parts):
        parts["clientDataJSON"] = self.client(kind, asked)
        name = bytes_to_base64url(self.name)
        response = {part: bytes_to_base64url(value) for part, value in parts.items()}
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": response})
