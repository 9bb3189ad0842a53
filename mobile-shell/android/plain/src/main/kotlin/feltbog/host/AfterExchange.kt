package feltbog.host

/** What is done after an exchange in the background. */
enum class AfterExchange {
    /** Nothing: the next comes at its time. */
    WAIT,

    /** Try again soon, and each time a little later. */
    AGAIN,

    /** Only the person can help, by opening the app. */
    ASK,
}

/** It went through: somebody has to look when the server refused something. */
fun afterExchange(refused: UInt): AfterExchange = if (refused > 0u) AfterExchange.ASK else AfterExchange.WAIT

/**
 * It did not. A vault that is shut while nobody holds the phone is the rule and no trouble, and neither is a phone on which nobody has
 * joined. A key that is gone and a device that was stopped will not come back by themselves.
 */
fun afterRefusal(code: String, retryable: Boolean): AfterExchange = when {
    code in SHUT -> AfterExchange.WAIT
    retryable -> AfterExchange.AGAIN
    else -> AfterExchange.ASK
}

private val SHUT = setOf("vault_unavailable", "vault_declined", "not_set_up", "gave_way", "in_use")
