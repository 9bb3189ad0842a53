// What the host for Apple's phones uses of AVFoundation.
public struct AVMediaType: Sendable {
    public static let video = Self()
}
public final class AVCaptureDevice: Sendable {
    public class func requestAccess(for type: AVMediaType) async -> Bool { false }
}
