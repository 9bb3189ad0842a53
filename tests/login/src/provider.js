// A certified identity provider on loopback. Who logs in, and how surely, the browser says in its headers: there are no passwords
// to test here.
import { createServer } from "node:http";
import { generateKeyPairSync } from "node:crypto";
import Provider, { interactionPolicy } from "oidc-provider";

const LEVELS = ["urn:test:low", "urn:test:substantial"];

const server = createServer();
await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
const issuer = `http://127.0.0.1:${server.address().port}`;

const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const policy = interactionPolicy.base();
policy.remove("consent");

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: "feltbog",
      application_type: "native",
      token_endpoint_auth_method: "none",
      redirect_uris: ["http://127.0.0.1/callback", "dk.feltbog.app:/login"],
      grant_types: ["authorization_code"],
      response_types: ["code"],
    },
  ],
  jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), kid: "of-this-run", use: "sig", alg: "RS256" }] },
  cookies: { keys: ["cookies of this run"] },
  acrValues: LEVELS,
  features: { devInteractions: { enabled: false } },
  interactions: { policy, url: (_, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_, account) => ({ accountId: account, claims: () => ({ sub: account }) }),
  // The municipality has agreed for its staff.
  async loadExistingGrant(context) {
    const grant = new context.oidc.provider.Grant({
      clientId: context.oidc.client.clientId,
      accountId: context.oidc.session.accountId,
    });
    grant.addOIDCScope("openid");
    await grant.save();
    return grant;
  },
});

const answer = provider.callback();
server.on("request", async (request, response) => {
  if (!request.url.startsWith("/interaction/")) return answer(request, response);
  const { "x-account": accountId, "x-level": acr } = request.headers;
  const said = accountId ? { login: { accountId, acr, amr: ["pwd"] } } : { error: "access_denied" };
  await provider.interactionFinished(request, response, said, { mergeWithLastSubmission: false });
});

console.log(issuer);
