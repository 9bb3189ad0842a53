// swift-tools-version: 6.0
import PackageDescription

/// What of the host needs no class of Apple's, so that it is tested wherever there is Swift.
let package = Package(
    name: "Plain",
    platforms: [.iOS(.v16), .macOS(.v13)],
    products: [.library(name: "Plain", targets: ["Plain"])],
    targets: [
        .target(name: "Plain"),
        .testTarget(name: "PlainTests", dependencies: ["Plain"]),
    ]
)
