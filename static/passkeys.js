// Passkeys: asks the browser to make one or to sign with one, and sends the answer as a form.
const adding = document.getElementById("passkey-new");
const entering = document.getElementById("passkey-in");

const run = (form, ask) => form.addEventListener("submit", async (event) => {
  event.preventDefault();
  try {
    form.elements.credential.value = JSON.stringify((await ask()).toJSON());
    form.submit();
  } catch (trouble) {
    form.querySelector("[role=alert]").textContent =
      trouble.name === "InvalidStateError" ? "This device has a passkey for your account already."
        : trouble.name === "NotAllowedError" ? "Nothing was done. Try again when you are ready."
          : "This browser could not do that.";
  }
});

if (window.PublicKeyCredential?.parseRequestOptionsFromJSON) {
  if (adding) {
    run(adding, () => navigator.credentials.create({
      publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(JSON.parse(adding.dataset.options)),
    }));
  }
  if (entering) {
    entering.hidden = false;
    run(entering, async () => navigator.credentials.get({
      publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(await (await fetch(entering.dataset.options)).json()),
    }));
  }
}
