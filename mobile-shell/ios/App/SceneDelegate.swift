import UIKit

/// The one window. It is covered whenever it is not the one being used, so that neither a picture in the list of recent apps nor a
/// glance shows a citizen.
final class SceneDelegate: UIResponder, UIWindowSceneDelegate {
    var window: UIWindow?
    private let cover = Cover()

    func scene(_ scene: UIScene, willConnectTo session: UISceneSession, options: UIScene.ConnectionOptions) {
        guard let scene = scene as? UIWindowScene, let host = UIApplication.shared.delegate as? AppDelegate else { return }
        let window = UIWindow(windowScene: scene)
        window.rootViewController = PageController(core: host.core, reminding: host.reminding)
        window.makeKeyAndVisible()
        self.window = window
    }

    func sceneWillEnterForeground(_ scene: UIScene) {
        (UIApplication.shared.delegate as? AppDelegate)?.entered()
    }

    func sceneDidBecomeActive(_ scene: UIScene) {
        cover.lift()
    }

    func sceneWillResignActive(_ scene: UIScene) {
        if let window { cover.lie(over: window) }
    }

    func sceneDidEnterBackground(_ scene: UIScene) {
        (UIApplication.shared.delegate as? AppDelegate)?.left()
    }
}
