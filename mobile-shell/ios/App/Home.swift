import Foundation

/// Where the device lives: in no backup, since a copy would be a second device with the same keys; and readable from the first unlocking
/// of the phone on, since what lies there is encrypted already and an exchange in the background may find the phone locked.
enum Home {
    static func made() throws -> URL {
        let files = FileManager.default
        let support = try files.url(for: .applicationSupportDirectory, in: .userDomainMask, appropriateFor: nil, create: true)
        var home = support.appendingPathComponent("feltbog", isDirectory: true)
        let protection = [FileAttributeKey.protectionKey: FileProtectionType.completeUntilFirstUserAuthentication]
        try files.createDirectory(at: home, withIntermediateDirectories: true, attributes: protection)
        try files.setAttributes(protection, ofItemAtPath: home.path)
        var values = URLResourceValues()
        values.isExcludedFromBackup = true
        try home.setResourceValues(values)
        return home
    }
}
