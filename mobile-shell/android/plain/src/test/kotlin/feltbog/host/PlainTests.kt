package feltbog.host

import feltbog.test.Sentences
import feltbog.test.same

/** Everything of the host that needs no phone. */
fun main() {
    Sentences().apply {
        origin()
        files()
        frames()
        logins()
        afterwards()
        reminders()
        end()
    }
}

private fun Sentences.origin() {
    that("only our own origin is ours, however an address is dressed") {
        for (ours in listOf(FIRST_PAGE, "$ORIGIN/", "$ORIGIN/assets/a.js?x#y")) same(isOurs(ours), true, ours)
        val others = listOf(
            null, "", "about:blank", "null", "http://app.feltbog.invalid/", "$ORIGIN.example/", "$ORIGIN:444/", "$ORIGIN:443/",
            "https://app.feltbog.invalid@example.org/", "https://x@app.feltbog.invalid/", "https://APP.feltbog.invalid/",
            "file:///android_asset/ui/index.html", "javascript:alert(1)", "data:text/html,x", "https://app.feltbog.invalid\\@a/",
        )
        for (other in others) same(isOurs(other), false, other)
    }

    that("a telephone number and an address lead out, and nothing else does") {
        for (out in listOf("tel:+4520304050", "sms:20304050?body=x", "mailto:a@b.dk")) same(leadsToAPerson(out), true, out)
        val others = listOf(null, "", "tel", "https://example.org", "intent:#Intent;end", "content://a", "file:///x", "telx:1", "market:x")
        for (other in others) same(leadsToAPerson(other), false, other)
    }
}

private fun Sentences.files() {
    that("a path names a packed file with its type, and no way leads up or to what is hidden") {
        same(packedFile("/index.html"), PackedFile("ui/index.html", "text/html"))
        same(packedFile("/assets/index-D2_x.js"), PackedFile("ui/assets/index-D2_x.js", "text/javascript"))
        for (path in listOf("", "/", "/assets/", "/../a.js", "/a/../b.js", "/.env.js", "//a.js", "/a b.js", "/a.apk", "/a\u0000.js", "/a\\b.js")) {
            same(packedFile(path), null, path)
        }
    }

    that("the policy lets nothing foreign in") {
        val policy = HEADERS.getValue("Content-Security-Policy")
        for (rule in listOf("default-src 'self'", "script-src 'self'", "frame-ancestors 'none'", "form-action 'none'")) {
            same(policy.contains(rule), true, rule)
        }
        same(policy.contains("unsafe"), false)
    }

    that("a file's name keeps its words and loses what leads astray") {
        same(fileName("Borger SYD-0001.pdf"), "Borger SYD-0001.pdf")
        same(fileName("æøå.csv"), "æøå.csv")
        same(fileName("../../etc/passwd"), "passwd")
        same(fileName("C:\\temp\\..\\a.pdf"), "a.pdf")
        same(fileName("a\u202Efdp.exe\n"), "afdp.exe")
        same(fileName("..."), "feltbog")
        same(fileName("x".repeat(500)).length, 100)
    }

    that("a file crosses over byte by byte, and what is none is refused") {
        val file = HandedFile.read("../a.pdf\napplication/pdf\nAP8A")
        same(file?.name to file?.type, "a.pdf" to "application/pdf")
        same(file?.content?.toList(), listOf<Byte>(0, -1, 0))
        same(HandedFile.read("a\ntext/csv;charset=utf-8\n")?.type, "application/octet-stream")
        for (broken in listOf("", "a\nb", "a\nb\nno base64!", "a\nb\nAP8A\nc")) same(HandedFile.read(broken), null, broken)
    }
}

private fun Sentences.frames() {
    that("a frame comes out as it went in, whatever stands in it") {
        for (content in listOf("", "{\"type\":\"cases\"}", "rødgrød\n\n🌧 1 call\n")) {
            same(Frame.read(Frame(7, "call", content).toString()), Frame(7, "call", content))
        }
        same(Frame.done(7, "x").toString(), "7 done\nx")
        same(Frame.broken(7).toString(), "7 broken\n")
        same(Frame.event("{}").toString(), "0 event\n{}")
        same(Frame.closed().toString(), "0 closed\n")
    }

    that("what is no frame of a page is none") {
        for (text in listOf(null, "", "\n", "7 call", "call\n", "0 call\n", "-1 call\n", "x call\n", "7  call\n", "7 call more\n")) {
            same(Frame.read(text), null, text)
        }
    }

    that("what a scanner read is an invitation or nothing") {
        same(invitation(" feltbog:abc \n"), "feltbog:abc")
        for (other in listOf(null, "", "https://example.org", "feltbog", "feltbog:" + "x".repeat(5000))) same(invitation(other), null, other)
    }
}

private fun Sentences.logins() {
    that("only an encrypted page is one to log in at") {
        same(isLoginPage("https://login.kommune.dk/auth?x=1"), true)
        val others = listOf("", "http://login.kommune.dk/", "HTTPS://x", "javascript:alert(1)", "intent:#Intent;end", "file:///x", " https://x")
        for (other in others) same(isLoginPage(other), false, other)
        same(isLoginPage("https://" + "x".repeat(40_000)), false)
    }

    that("what sends the person back is a login's answer or nothing") {
        same(loginAnswer("dk.feltbog.app:/login?code=a%2Bb"), "dk.feltbog.app:/login?code=a%2Bb")
        val others = listOf(null, "", "dk.feltbog.app", "dk.feltbog.app:", "dk.feltbog.apps:/login", "https://x", "dk.feltbog.app:/" + "x".repeat(40_000))
        for (other in others) same(loginAnswer(other), null, other)
    }
}

private fun Sentences.afterwards() {
    that("after an exchange the phone waits, tries again or asks") {
        same(afterExchange(refused = 0u), AfterExchange.WAIT)
        same(afterExchange(refused = 2u), AfterExchange.ASK)
        for (code in listOf("vault_unavailable", "not_set_up", "gave_way")) same(afterRefusal(code, true), AfterExchange.WAIT, code)
        for (code in listOf("unreachable", "out_of_time")) same(afterRefusal(code, true), AfterExchange.AGAIN, code)
        for (code in listOf("vault_key_gone", "wrong_key")) same(afterRefusal(code, false), AfterExchange.ASK, code)
    }

    that("a notification is shown once, and says nothing of anybody") {
        same(isToShow(AfterExchange.ASK, shown = false), true)
        same(isToShow(AfterExchange.ASK, shown = true), false)
        same(AfterExchange.entries.filter { isToShow(it, shown = false) }, listOf(AfterExchange.ASK))
        for (danish in listOf(true, false)) {
            val said = noticeText(danish).run { "$title $text" }
            same(said.any(Char::isDigit), false, said)
            for (word in listOf("borger", "citizen", "IPS", "sag", "case", "besked", "sendt")) same(said.contains(word, true), false, word)
        }
    }
}

private fun reminder(id: Int, at: Long, about: String = "today", clock: String? = null, municipality: Int = 1) =
    PlannedReminder.of(municipality.toUInt(), id.toUInt(), at, at + 10, about, clock) ?: throw AssertionError("no reminder")

private fun Sentences.reminders() {
    that("a reminder is moments, a number and a time of day, and what is anything else is none") {
        val kept = reminder(7, 1000, "appointment", "10:30")
        same(kept.toString(), "1 7 1000 1010 appointment 10:30")
        same(PlannedReminder.read(kept.toString()), kept)
        same(PlannedReminder.read("1 7 1000 1010 today -"), reminder(7, 1000))
        val broken = listOf(
            "", "1 7 1000 1010 today", "1 7 1000 1010 birthday -", "1 7 1000 1010 appointment -", "1 7 1000 1010 appointment Bo",
            "x 7 1000 1010 today -", "1 7 1000 1010 today - Bo", "-1 7 1000 1010 today -", "1 7 1000 1010 appointment 10:30\nBo",
        )
        for (line in broken) same(PlannedReminder.read(line), null, line)
        same(reminder(7, 1000, "today", "Bo Bak").clock, "-")
    }

    that("what the core has takes the place of what was planned, except where a municipality is locked") {
        val plan = ReminderPlan.EMPTY.replaced(listOf(reminder(2, 2000), reminder(1, 1000)), emptyList())
        same(plan.next, 1000L)
        same(ReminderPlan.read(plan.toString()), plan)
        val moved = plan.replaced(listOf(reminder(3, 3000)), emptyList())
        same(moved.reminders.map { it.id }, listOf(3u))
        val ringsted = reminder(4, 500, municipality = 2)
        val both = ReminderPlan(listOf(ringsted)).replaced(listOf(reminder(3, 3000), reminder(4, 500)), listOf(2u))
        same(both.reminders, listOf(reminder(4, 500), reminder(3, 3000)), "the same time is told once")
        same(ReminderPlan(listOf(ringsted)).replaced(emptyList(), listOf(2u)).reminders, listOf(ringsted))
        same(ReminderPlan.EMPTY.next, null)
        same(ReminderPlan.read("what is none\n"), ReminderPlan.EMPTY)
    }

    that("at a moment what has come is shown once, and what was slept through never") {
        val plan = ReminderPlan(listOf(reminder(1, 1000), reminder(2, 1005), reminder(3, 2000)))
        same(plan.at(999), plan to emptyList<PlannedReminder>())
        val (left, come) = plan.at(1010)
        same(come.map { it.id }, listOf(2u))
        same(left.reminders.map { it.id }, listOf(3u))
        same(left.at(1010).second.size, 0)
    }

    that("a reminder says when, and nothing of whom, where or what for") {
        val appointment = reminder(1, 1, "appointment", "10:30")
        same(reminderText(appointment, danish = true).text, "Du har en aftale kl. 10.30.")
        same(reminderText(appointment, danish = false).text, "You have an appointment at 10:30.")
        same(reminderText(reminder(1, 1, "appointment_tomorrow", "07:15"), true).text, "Du har en aftale i morgen kl. 07.15.")
        same(reminderText(reminder(1, 1), true).text, "Noget venter på dig i dag.")
        for (about in listOf("appointment", "appointment_tomorrow", "today")) for (danish in listOf(true, false)) {
            val said = reminderText(reminder(1, 1, about, "10:30"), danish).run { "$title $text" }
            for (word in listOf("borger", "citizen", "IPS", "sag", "case", "job", "sygdom", "virksomhed", "kommune")) {
                same(said.split(' ', '.').any { it.equals(word, ignoreCase = true) }, false, said)
            }
        }
    }

    that("the page hears whether its owner wishes to be reminded, and whether the phone forbids it") {
        same(wishWord(wanted = false, allowed = true), "off")
        same(wishWord(wanted = false, allowed = false), "off")
        same(wishWord(wanted = true, allowed = true), "on")
        same(wishWord(wanted = true, allowed = false), "denied")
    }

    that("only a change is a reason to look again") {
        same(isChange("{\"type\":\"changed\",\"municipality\":1}"), true)
        for (other in listOf("", "{\"type\":\"locked\"}", "{\"type\":\"exchange_ended\",\"ok\":true}")) same(isChange(other), false, other)
    }
}
