//! Android's own judgement of certificates: the client asks it, and it wants to know the app first.

use jni::errors::ThrowRuntimeExAndDefault;
use jni::objects::{JClass, JObject};
use jni::{EnvUnowned, jni_mangle};

/// `feltbog.Certificates.begin(context)`, once in a process, before anything is opened: without it every exchange fails.
#[jni_mangle("feltbog.Certificates", "begin")]
pub fn begin<'caller>(mut env: EnvUnowned<'caller>, _class: JClass<'caller>, context: JObject<'caller>) {
    env.with_env(|env| rustls_platform_verifier::android::init_with_env(env, context))
        .resolve::<ThrowRuntimeExAndDefault>();
}
