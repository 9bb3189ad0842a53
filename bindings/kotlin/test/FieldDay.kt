package feltbog.test

import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.coroutineScope

fun Sentences.fieldDay(town: Town) {
    that("a visit is saved without a network, sent with one, and read by the leader") {
        town.joined("Olga").use { phone ->
            town.stopServer()
            phone.newCase("O-1")
            val entry = phone.log("O-1", "Mødtes på kajen, rødgrød med fløde 🌧")
            same(phone.entries("O-1").single().text("state"), "local_only")
            same(phone.call("sync").text("code"), "unreachable")
            town.startServer()
            same(phone.done("sync")["unsent"].asInt, 0)
            val sent = phone.entries("O-1").single()
            same(sent.text("entry") to sent.text("state"), entry to "sent")
            town.leader("sync")
            val read = town.leader("show", "O-1").asJsonObject.getAsJsonArray("entries").single().asJsonObject
            same(read.text("note"), "Mødtes på kajen, rødgrød med fløde 🌧")
            phone.app.suspend()
        }
    }

    that("what the leader writes arrives with an event") {
        town.joined("Edith").use { phone ->
            phone.newCase("E-1")
            phone.done("sync")
            town.leader("sync")
            town.leader("log", "E-1", "note", "--note", "Ring til kommunen")
            town.leader("sync")
            phone.done("sync")
            phone.ear.hears("changed")
            same(phone.entries("E-1").single().text("note"), "Ring til kommunen")
            phone.app.suspend()
        }
    }

    that("a hundred questions at once are all answered") {
        town.joined("Inge").use { phone ->
            coroutineScope {
                val asked = (1..100).map { number -> async { phone.log("-", "Rundt på havnen $number") } }
                same(asked.awaitAll().toSet().size, 100)
            }
            same(phone.entries("-").map { it.text("note") }.toSet().size, 100)
            phone.app.suspend()
        }
    }
}
