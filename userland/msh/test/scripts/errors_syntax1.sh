echo before; if true; then; fi; echo after
