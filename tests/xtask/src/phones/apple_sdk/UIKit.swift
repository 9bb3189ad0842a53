// What the host for Apple's phones uses of UIKit, and of the Foundation that comes with it there.
@_exported import Foundation
@_exported import FoundationNetworking

extension FileAttributeKey {
    public static let protectionKey = FileAttributeKey(rawValue: "NSFileProtectionKey")
}

public struct FileProtectionType: Sendable {
    public static let completeUntilFirstUserAuthentication = Self()
}

extension URLResourceValues {
    public var isExcludedFromBackup: Bool? { get { nil } set {} }
}

extension NSData.WritingOptions {
    public static var completeFileProtection: Self { Self(rawValue: 1) }
}

open class UIResponder: NSObject {}

@MainActor public protocol UIApplicationDelegate: AnyObject {
    init()
    func application(_ application: UIApplication, didFinishLaunchingWithOptions options: [UIApplication.LaunchOptionsKey: Any]?) -> Bool
    func application(_ application: UIApplication, shouldAllowExtensionPointIdentifier point: UIApplication.ExtensionPointIdentifier) -> Bool
}

extension UIApplicationDelegate {
    public static func main() {}
}

public struct UIBackgroundTaskIdentifier: Equatable, Sendable {
    public static let invalid = Self()
}

@MainActor open class UIApplication: UIResponder {
    public struct LaunchOptionsKey: Hashable, Sendable {}
    public struct ExtensionPointIdentifier: Equatable, Sendable {
        public static let keyboard = Self()
    }
    public struct OpenExternalURLOptionsKey: Hashable, Sendable {}
    public static let shared = UIApplication()
    open weak var delegate: (any UIApplicationDelegate)?
    open var backgroundTimeRemaining: TimeInterval { 0 }
    open func beginBackgroundTask(expirationHandler: (@MainActor @Sendable () -> Void)? = nil) -> UIBackgroundTaskIdentifier { .invalid }
    open func endBackgroundTask(_ task: UIBackgroundTaskIdentifier) {}
    @discardableResult open func open(_ url: URL, options: [OpenExternalURLOptionsKey: Any] = [:]) async -> Bool { false }
}

@MainActor open class UIScene: UIResponder {
    @MainActor public struct ConnectionOptions {}
}
@MainActor open class UIWindowScene: UIScene {}
@MainActor open class UISceneSession: NSObject {}
@MainActor public protocol UIWindowSceneDelegate: AnyObject {
    func scene(_ scene: UIScene, willConnectTo session: UISceneSession, options: UIScene.ConnectionOptions)
    func sceneWillEnterForeground(_ scene: UIScene)
    func sceneDidBecomeActive(_ scene: UIScene)
    func sceneWillResignActive(_ scene: UIScene)
    func sceneDidEnterBackground(_ scene: UIScene)
}

@MainActor open class UIColor: NSObject {
    public static let systemBackground = UIColor()
}

@MainActor open class UIView: UIResponder {
    public struct AutoresizingMask: OptionSet, Sendable {
        public let rawValue: UInt
        public init(rawValue: UInt) { self.rawValue = rawValue }
        public static let flexibleWidth = Self(rawValue: 1)
        public static let flexibleHeight = Self(rawValue: 2)
    }
    public init(frame: CGRect) {}
    public override init() {}
    open var frame = CGRect.zero
    open var bounds = CGRect.zero
    open var backgroundColor: UIColor?
    open var autoresizingMask: AutoresizingMask = []
    open func addSubview(_ view: UIView) {}
    open var window: UIWindow? { nil }
    open func removeFromSuperview() {}
    @discardableResult open func endEditing(_ force: Bool) -> Bool { true }
}

@MainActor open class UIWindow: UIView {
    public init(windowScene: UIWindowScene) { super.init(frame: .zero) }
    public override init(frame: CGRect) { super.init(frame: frame) }
    open var rootViewController: UIViewController?
    open func makeKeyAndVisible() {}
}

@MainActor open class UIScrollView: UIView {
    public enum ContentInsetAdjustmentBehavior: Sendable { case automatic, never }
    open var contentInsetAdjustmentBehavior = ContentInsetAdjustmentBehavior.automatic
}

@MainActor open class UIViewController: UIResponder {
    public init(nibName: String?, bundle: Bundle?) {}
    public required init?(coder: NSCoder) {}
    open var view: UIView!
    open var presentedViewController: UIViewController? { nil }
    open var presentationController: UIPresentationController? { nil }
    open func loadView() {}
    open func viewDidLoad() {}
    open func present(_ screen: UIViewController, animated: Bool, completion: (() -> Void)? = nil) {}
    open func dismiss(animated: Bool, completion: (() -> Void)? = nil) {}
}

@MainActor open class UIPresentationController: NSObject {
    open weak var delegate: (any UIAdaptivePresentationControllerDelegate)?
}
@MainActor public protocol UIAdaptivePresentationControllerDelegate: AnyObject {
    func presentationControllerDidDismiss(_ presentation: UIPresentationController)
}

@MainActor open class UIDocumentPickerViewController: UIViewController {
    public init(forExporting urls: [URL], asCopy: Bool) { super.init(nibName: nil, bundle: nil) }
    public required init?(coder: NSCoder) { nil }
    open weak var delegate: (any UIDocumentPickerDelegate)?
}
@MainActor public protocol UIDocumentPickerDelegate: AnyObject {
    func documentPicker(_ picker: UIDocumentPickerViewController, didPickDocumentsAt urls: [URL])
    func documentPickerWasCancelled(_ picker: UIDocumentPickerViewController)
}
