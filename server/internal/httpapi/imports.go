package httpapi

// transferRoutes are those of programs, and of data on its way in and out.
func (a *API) transferRoutes(on func(method, path string, h handler)) {
	on("GET", "/v1/tokens", a.admin(a.getTokens))
	on("POST", "/v1/tokens", a.own(a.admin(a.postToken)))
	on("DELETE", "/v1/tokens/{id}", a.own(a.admin(a.deleteToken)))
}
