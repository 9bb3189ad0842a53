package feltbog.test

import feltbog.buildInfo

fun Sentences.joining(town: Town) {
    that("the build says which contract it keeps") {
        same(buildInfo().contract, 1u)
    }

    that("a phone on which nobody has joined says so, and joins by an invitation that is good once") {
        val invitation = town.invitation("Vera")
        Phone.open(town.home("Vera"), Pocket()).use { phone ->
            same(phone.call("cases").text("code"), "not_set_up")
            same(phone.call("join", "invitation" to "en seddel").text("code"), "not_an_invitation")
            same(phone.done("join", "invitation" to invitation).text("role"), "consultant")
            same(phone.call("join", "invitation" to invitation).text("code"), "already_set_up")
            phone.app.suspend()
        }
        Phone.open(town.home("Vera again"), Pocket()).use { phone ->
            same(phone.call("join", "invitation" to invitation).text("code"), "INVITATION_USED")
        }
    }

    that("what is no request is refused in the words of the bus") {
        Phone.open(town.home("nobody"), Pocket()).use { phone ->
            for (request in listOf("", "{}", "{\"type\":\"fly\"}", "\u0000")) {
                same(phone.app.call(request).contains("\"unreadable\""), true, request)
            }
        }
    }
}
