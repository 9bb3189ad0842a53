package feltbog

/**
 * Only on Android: the network client asks the system whether it trusts a server, and the system wants to know the app first.
 *
 * The app has to bring `org.rustls.platformverifier.CertificateVerifier` along, from the archive `rustls-platform-verifier`.
 */
object Certificates {
    init {
        System.loadLibrary("feltbog_ffi")
    }

    /** Once in a process, with the application's context, before anything is opened: without it every exchange fails. */
    @JvmStatic
    external fun begin(context: Any)
}
