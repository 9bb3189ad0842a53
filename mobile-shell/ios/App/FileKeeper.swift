import Plain
import UIKit

/// Asks where a file goes, in the system's own dialog. There is no share sheet: nothing is handed to another app.
///
/// The dialog takes no bytes, only a file: it lies in a folder of its own, which no locked phone opens, until the dialog is gone. One that
/// was left by a process that ended in the middle goes when the next begins.
@MainActor
final class FileKeeper: NSObject, UIDocumentPickerDelegate {
    private let file: HandedFile
    private let folder = given.appendingPathComponent(UUID().uuidString, isDirectory: true)
    private var answer: CheckedContinuation<Bool, Never>?
    private static let given = FileManager.default.temporaryDirectory.appendingPathComponent("given", isDirectory: true)

    /// Before anything is given.
    static func forgetWhatWasLeft() {
        try? FileManager.default.removeItem(at: given)
    }

    init(_ file: HandedFile) {
        self.file = file
    }

    func asked(on screen: UIViewController) async -> Bool {
        defer { try? FileManager.default.removeItem(at: folder) }
        guard screen.presentedViewController == nil, let laid = try? laidDown() else { return false }
        let picker = UIDocumentPickerViewController(forExporting: [laid], asCopy: true)
        picker.delegate = self
        return await withCheckedContinuation { answer in
            self.answer = answer
            screen.present(picker, animated: true)
        }
    }

    func documentPicker(_ picker: UIDocumentPickerViewController, didPickDocumentsAt places: [URL]) {
        answered(!places.isEmpty)
    }

    func documentPickerWasCancelled(_ picker: UIDocumentPickerViewController) {
        answered(false)
    }

    private func laidDown() throws -> URL {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let place = folder.appendingPathComponent(file.name, isDirectory: false)
        try file.content.write(to: place, options: .completeFileProtection)
        return place
    }

    private func answered(_ written: Bool) {
        answer?.resume(returning: written)
        answer = nil
    }
}
