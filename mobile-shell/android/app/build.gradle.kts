plugins {
    id("com.android.application")
    kotlin("android")
}

/** The checkout. `cargo xtask test phones` generates the Kotlin there, `cargo xtask android` builds the library, `cargo xtask ui` the page. */
val checkout = rootDir.resolve("../..")

android {
    namespace = "feltbog.host"
    compileSdk = 34
    defaultConfig {
        applicationId = "dk.feltbog"
        // Android 11: the first whose Keystore tells a finger from the screen lock's code.
        minSdk = 30
        targetSdk = 34
        versionCode = 1
        versionName = "0.1.0"
    }
    sourceSets["main"].kotlin.srcDirs(checkout.resolve("target/phones/kotlin"), checkout.resolve("bindings/kotlin/src"))
    sourceSets["main"].assets.srcDir(layout.buildDirectory.dir("page"))
    compileOptions {
        sourceCompatibility = JavaVersion.VERSION_17
        targetCompatibility = JavaVersion.VERSION_17
    }
}

kotlin { jvmToolchain(17) }

val page by tasks.registering(Sync::class) {
    from(checkout.resolve("mobile-shell/ui/dist"))
    into(layout.buildDirectory.dir("page/ui"))
}

tasks.named("preBuild") { dependsOn(page) }

/** As the library was built with it. */
val verifier = checkout.resolve("Cargo.lock").readText()
    .substringAfter("name = \"rustls-platform-verifier-android\"\nversion = \"").substringBefore('"')

dependencies {
    implementation(project(":plain"))
    implementation("rustls:rustls-platform-verifier:$verifier")
    implementation("net.java.dev.jna:jna:5.15.0@aar")
    implementation("org.jetbrains.kotlinx:kotlinx-coroutines-android:1.9.0")
}
