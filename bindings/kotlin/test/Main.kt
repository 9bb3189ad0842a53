package feltbog.test

/** The library as a phone uses it, with the programs it works with. */
fun main() {
    val sentences = Sentences()
    Town().use { town ->
        sentences.joining(town)
        sentences.fieldDay(town)
        sentences.lifecycle(town)
        sentences.vault(town)
        sentences.events(town)
        sentences.endurance(town)
    }
    sentences.end()
}
