all: $(STAGE_LISTS)
