import UIKit

/// A plain sheet over the window, with nothing on it.
@MainActor
final class Cover {
    private let sheet = UIView()

    func lie(over window: UIWindow) {
        window.endEditing(true)
        sheet.backgroundColor = .systemBackground
        sheet.frame = window.bounds
        sheet.autoresizingMask = [.flexibleWidth, .flexibleHeight]
        window.addSubview(sheet)
    }

    func lift() {
        sheet.removeFromSuperview()
    }
}
