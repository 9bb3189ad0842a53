"""The library from Python, the language in which its surface is tried most cheaply.

FELTBOG_BIN_DIR names the folder of the programs; the generated module lies on PYTHONPATH, the library beside it.
"""

import asyncio
import json
import os
import queue
import subprocess
import tempfile
import unittest
from pathlib import Path

import feltbog


class Pocket(feltbog.KeyVault):
    """A vault for tests: turns bits over, or raises what it was told to."""

    def __init__(self):
        self.refusal = None

    def wrap_key(self, key):
        if self.refusal:
            raise self.refusal
        return bytes(byte ^ 0x5A for byte in key)

    unwrap_key = wrap_key


class Ear(feltbog.Listener):
    """Keeps every event until it is asked for."""

    def __init__(self):
        self.told = queue.SimpleQueue()

    def on_event(self, event):
        self.told.put(json.loads(event))

    def hears(self, kind):
        """Waits for an event of this kind; there is one, or the test never ends."""
        while (event := self.told.get())["type"] != kind:
            pass
        return event

    def rest(self):
        """The kinds of what was told and not heard yet."""
        kinds = []
        while not self.told.empty():
            kinds.append(self.told.get()["type"])
        return kinds


class Town:
    """The programs that ship: a server, and the leader's computer."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.passphrase = self.folder / "passphrase"
        self.passphrase.write_text("rødgrød med fløde\n", encoding="utf-8")
        data = str(self.folder / "server")
        bootstrap = self.ran("feltbog-server", "init", "--json", "--tenant", "By", "--data", data)["bootstrap"]
        serve = [program("feltbog-server"), "serve", "--listen", "127.0.0.1:0", "--data", data]
        quiet = {**os.environ, "FELTBOG_LOG": "warn"}
        self.server = subprocess.Popen(serve, stdout=subprocess.PIPE, text=True, env=quiet)
        server = self.server.stdout.readline().strip()
        self.leader(
            *("setup", "--server", server, "--code", bootstrap, "--name", "Lone Vest"),
            *("--programme", "IPS", "--shares-to", str(self.folder / "shares")),
        )

    def leader(self, *words):
        return self.ran("feltbog", *words, "--json")

    def ran(self, name, *words):
        environment = {
            **os.environ,
            "FELTBOG_HOME": str(self.folder / "leader"),
            "FELTBOG_PASSPHRASE_FILE": str(self.passphrase),
        }
        return json.loads(subprocess.check_output([program(name), *words], env=environment))

    def invitation(self, name):
        return self.leader("invite", "--name", name, "--role", "consultant")["invitation"]

    def close(self):
        self.server.kill()
        self.server.communicate()


def program(name):
    return str(Path(os.environ["FELTBOG_BIN_DIR"]) / name)


async def call(app, **request):
    return json.loads(await app.call(json.dumps(request)))


class Smoke(unittest.IsolatedAsyncioTestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.town = Town(folder.name)
        cls.addClassCleanup(cls.town.close)

    async def asyncSetUp(self):
        # What the leader's computer does here takes its time, and asyncio need not say so.
        asyncio.get_running_loop().set_debug(False)

    async def open(self, name, vault=None, locked=False):
        ear = Ear()
        options = feltbog.OpenOptions(home=str(self.town.folder / name), locked=locked)
        return await feltbog.App.open(options, vault or Pocket(), ear), ear

    async def test_a_visit_goes_from_the_phone_to_the_leader(self):
        app, ear = await self.open("Vera")
        self.assertEqual((await call(app, type="cases"))["code"], "not_set_up")
        joined = await call(app, type="join", invitation=self.town.invitation("Vera"))
        self.assertEqual(joined["name"], "Vera")
        await call(app, type="sync")
        self.town.leader("sync")
        await call(app, type="sync")
        await call(app, type="new_case", number="V-1", name="Bo Bak")
        logged = await call(app, type="log_entry", case="V-1", kind="contact", note="Mødtes på kajen")
        self.assertEqual(logged["state"], "local_only")
        await app.suspend()
        ear.hears("locked")
        outcome = await app.run_background_sync(60_000)
        self.assertEqual((outcome.refused, outcome.unsent), (0, 0))
        self.town.leader("sync")
        self.assertEqual(self.town.leader("show", "V-1")["entries"][0]["note"], "Mødtes på kajen")

    async def test_a_vault_may_refuse_or_fail_in_any_way(self):
        vault = Pocket()
        app, _ = await self.open("Olga", vault)
        join = {"type": "join", "invitation": self.town.invitation("Olga")}
        for refusal, code in [
            (feltbog.VaultError.Declined(), "vault_declined"),
            (feltbog.VaultError.KeyGone(), "vault_key_gone"),
            (ValueError("what the contract does not know"), "vault_broken"),
        ]:
            vault.refusal = refusal
            self.assertEqual((await call(app, **join))["code"], code)
        vault.refusal = None
        self.assertEqual((await call(app, **join))["type"], "joined")
        await app.suspend()
        vault.refusal = feltbog.VaultError.Declined()
        with self.assertRaises(feltbog.HostError.Refused) as refused:
            await app.resume()
        self.assertEqual(refused.exception.code, "vault_declined")

    async def test_a_cancelled_subscription_is_told_nothing_more(self):
        app, own = await self.open("Inge")
        await call(app, type="join", invitation=self.town.invitation("Inge"))
        ear = Ear()
        subscription = app.subscribe(ear)
        await app.suspend()
        ear.hears("locked")
        own.hears("locked")
        subscription.cancel()
        await app.resume()
        await app.suspend()
        own.hears("locked")
        # What happened before it was cancelled may still arrive; the second lock happened after.
        self.assertNotIn("locked", ear.rest())

    async def test_calls_that_nobody_waits_for_any_more_harm_nobody(self):
        app, _ = await self.open("nobody")
        asked = [asyncio.ensure_future(call(app, type="cases")) for _ in range(50)]
        for one in asked[::2]:
            one.cancel()
        answered = await asyncio.gather(*asked, return_exceptions=True)
        self.assertTrue(all(isinstance(one, asyncio.CancelledError) for one in answered[::2]))
        self.assertEqual({one["code"] for one in answered[1::2]}, {"not_set_up"})


if __name__ == "__main__":
    unittest.main()
