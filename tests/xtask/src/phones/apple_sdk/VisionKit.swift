// What the host for Apple's phones uses of VisionKit.
import UIKit
import Vision

public enum RecognizedItem: Sendable {
    public struct Barcode: Sendable { public let payloadStringValue: String? }
    public struct Text: Sendable {}
    case text(Text)
    case barcode(Barcode)
}
@MainActor public protocol DataScannerViewControllerDelegate: AnyObject {
    func dataScanner(_ scanner: DataScannerViewController, didAdd items: [RecognizedItem], allItems: [RecognizedItem])
    func dataScanner(
        _ scanner: DataScannerViewController, becameUnavailableWithError error: DataScannerViewController.ScanningUnavailable)
}
@MainActor public final class DataScannerViewController: UIViewController {
    public struct RecognizedDataType: Hashable, Sendable {
        public static func barcode(symbologies: [VNBarcodeSymbology] = []) -> Self { Self() }
    }
    public enum ScanningUnavailable: Error { case unsupported, cameraRestricted }
    public static var isSupported: Bool { false }
    public static var isAvailable: Bool { false }
    public weak var delegate: (any DataScannerViewControllerDelegate)?
    public init(recognizedDataTypes: Set<RecognizedDataType>, isHighlightingEnabled: Bool = false) { super.init(nibName: nil, bundle: nil) }
    public required init?(coder: NSCoder) { nil }
    public func startScanning() throws {}
    public func stopScanning() {}
}
