import AVFoundation
import UIKit
import Vision
import VisionKit

/// The camera, until it has read a code or the person went back.
@MainActor
final class InvitationScanner: NSObject, DataScannerViewControllerDelegate, UIAdaptivePresentationControllerDelegate {
    private var camera: DataScannerViewController?
    private var answer: CheckedContinuation<String?, Never>?

    /// Nothing on a phone that cannot, or whose owner does not let it.
    func asked(on screen: UIViewController) async -> String? {
        guard DataScannerViewController.isSupported, await AVCaptureDevice.requestAccess(for: .video),
            DataScannerViewController.isAvailable, screen.presentedViewController == nil
        else { return nil }
        let camera = DataScannerViewController(recognizedDataTypes: [.barcode(symbologies: [.qr])], isHighlightingEnabled: true)
        camera.delegate = self
        camera.presentationController?.delegate = self
        self.camera = camera
        return await withCheckedContinuation { answer in
            self.answer = answer
            screen.present(camera, animated: true) { [self] in
                do { try camera.startScanning() } catch { done(nil) }
            }
        }
    }

    func dataScanner(_ scanner: DataScannerViewController, didAdd items: [RecognizedItem], allItems: [RecognizedItem]) {
        for case .barcode(let code) in items {
            if let text = code.payloadStringValue { return done(text) }
        }
    }

    func dataScanner(_ scanner: DataScannerViewController, becameUnavailableWithError error: DataScannerViewController.ScanningUnavailable) {
        done(nil)
    }

    /// The person swiped it away.
    func presentationControllerDidDismiss(_ presentation: UIPresentationController) {
        done(nil)
    }

    private func done(_ text: String?) {
        camera?.stopScanning()
        camera?.dismiss(animated: true)
        camera = nil
        answer?.resume(returning: text)
        answer = nil
    }
}
