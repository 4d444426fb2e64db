/** Without one of its own this app would be given that of the checkout around it, Parley's boot. */
export function register(): void {}
