// swift-tools-version: 6.0
import Foundation
import PackageDescription

// On Apple's systems the core comes as an xcframework, which brings its header along; elsewhere the linker is told where it is.
let framework = "FeltbogFFI.xcframework"
let framed = FileManager.default.fileExists(atPath: Context.packageDirectory + "/" + framework)
let core: Target = framed ? .binaryTarget(name: "FeltbogFFI", path: framework) : .systemLibrary(name: "FeltbogFFI")

let package = Package(
    name: "Feltbog",
    platforms: [.iOS(.v16), .macOS(.v13)],
    products: [.library(name: "Feltbog", targets: ["Feltbog"])],
    targets: [
        core,
        .target(name: "Feltbog", dependencies: ["FeltbogFFI"], linkerSettings: framed ? [] : [.linkedLibrary("feltbog_ffi")]),
        .target(name: "Town", dependencies: ["Feltbog"], path: "Tests/Town"),
        .executableTarget(name: "Killed", dependencies: ["Town"], path: "Tests/Killed"),
        .executableTarget(name: "Piped", dependencies: ["Town"], path: "Tests/Piped"),
        .testTarget(name: "FeltbogTests", dependencies: ["Town"]),
    ]
)
