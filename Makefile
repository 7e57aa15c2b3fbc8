# make run (ROBOT=1: a robot citizen walks the visit) and make test are all one needs.
.PHONY: help run test lint bench docs setup clean
help:            ## this list
	@awk -F ':.*## ' '/^[a-z]+:/ { printf "make %-8s %s\n", $$1, $$2 }' Makefile
run:             ## centre and terminal with simulated devices; ROBOT=1 for a robot citizen
	@scripts/run
test:            ## lint, types, import contracts, all tests
	@scripts/test
lint:            ## lint, types, import contracts
	@scripts/lint
bench:           ## what is fast, against whom
	@scripts/bench
docs:            ## the screens of a visit as pictures
	@scripts/docs
setup:           ## Debian packages, .venv, the command tongban
	@scripts/setup
clean:           ## everything that was made, but .venv
	@scripts/clean
