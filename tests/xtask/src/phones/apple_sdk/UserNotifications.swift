// What the host for Apple's phones uses of UserNotifications.
import Foundation

public struct UNAuthorizationOptions: OptionSet, Sendable {
    public let rawValue: UInt
    public init(rawValue: UInt) { self.rawValue = rawValue }
    public static let alert = Self(rawValue: 1)
}
open class UNNotification: NSObject, @unchecked Sendable {}
open class UNNotificationTrigger: NSObject {}
open class UNNotificationContent: NSObject {}
open class UNMutableNotificationContent: UNNotificationContent {
    open var title = ""
    open var body = ""
}
open class UNNotificationRequest: NSObject, @unchecked Sendable {
    public init(identifier: String, content: UNNotificationContent, trigger: UNNotificationTrigger?) {}
}
open class UNUserNotificationCenter: NSObject, @unchecked Sendable {
    public class func current() -> UNUserNotificationCenter { UNUserNotificationCenter() }
    open func deliveredNotifications() async -> [UNNotification] { [] }
    open func add(_ request: UNNotificationRequest) async throws {}
    open func requestAuthorization(options: UNAuthorizationOptions = []) async throws -> Bool { false }
    open func removeAllDeliveredNotifications() {}
}
