// What the host for Apple's phones uses of Vision.
public struct VNBarcodeSymbology: Sendable {
    public static let qr = Self()
}
