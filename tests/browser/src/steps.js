/** Steps that stand on the one before: after one that fails the rest would only wait for what never comes. */
export function inTurn(t) {
  let broken = false;
  return async (name, act) => {
    const skip = broken;
    broken = true;
    await t.test(name, { skip }, async () => {
      await act();
      broken = false;
    });
  };
}
