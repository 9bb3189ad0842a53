package feltbog.test

import feltbog.VaultException

fun Sentences.vault(town: Town) {
    that("a vault that refuses makes no device and may be asked again") {
        val vault = Pocket().apply { refusal = VaultException.Declined() }
        Phone.open(town.home("Hanne"), vault).use { phone ->
            val invitation = town.invitation("Hanne")
            same(phone.call("join", "invitation" to invitation).text("code"), "vault_declined")
            vault.refusal = null
            phone.done("join", "invitation" to invitation)
            phone.app.suspend()
        }
    }

    that("without the right key nothing opens, nothing changes, and the unsent can be handed in") {
        val vault = Pocket()
        town.joined("Birthe", vault).use { phone ->
            phone.newCase("B-1")
            phone.app.suspend()
        }
        val refusals = mapOf(
            VaultException.Declined() to "vault_declined",
            VaultException.Unavailable() to "vault_unavailable",
            VaultException.KeyGone() to "vault_key_gone",
            VaultException.Unexpected("x") to "vault_broken",
            IllegalStateException("what the contract does not know") to "vault_broken",
        )
        val home = town.home("Birthe")
        for ((refusal, word) in refusals) {
            vault.refusal = refusal
            same(refusal { Phone.open(home, vault) }, word, refusal)
        }
        same(refusal { Phone.open(home, Pocket(bits = 0x11)) }, "wrong_key")
        Phone.open(home, vault, locked = true).use { phone ->
            same(refusal { phone.app.resume() }, "vault_broken")
            same(phone.call("cases").text("code"), "needs_passphrase")
            same(phone.done("hand_in").text("type"), "unsent_handed_in")
            vault.refusal = null
            phone.app.resume()
            same(phone.done("cases").getAsJsonArray("cases").size(), 1)
            phone.app.suspend()
        }
    }
}
